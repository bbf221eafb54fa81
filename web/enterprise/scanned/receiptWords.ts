/** What the script adds to a receipt, which speaks two languages at once. */
export interface Both {
  zh: string;
  en: string;
}

export const receiptWords = {
  genuine: {
    zh: "✓ 核验通过：本机已用公布的公钥核验，签名真实，页面所示与签名内容一致。",
    en: "Verified on this phone with the published key: genuine, and the page shows what was signed.",
  },
  forged: {
    zh: "✗ 不真实：本机用公布的公钥核验，签名不符。请勿相信，并拨打 12345 核实。",
    en: "Not genuine: the signature does not match the published key. Do not trust it; call 12345.",
  },
  different: {
    zh: "✗ 不真实：签名有效，但页面所示与签名内容不一致。请勿相信页面所示，并拨打 12345 核实。",
    en: "Not genuine: signed, but the page shows something else than was signed. Do not trust what it shows; call 12345.",
  },
  unknown_key: {
    zh: "✗ 无法确认：签名所用的密钥未公布或已撤回。请向签发机关或 12345 核实后再用。",
    en: "Not confirmed: the key of this signature is not published, or was withdrawn. Ask the agency or call 12345 before you rely on it.",
  },
  no_keys: {
    zh: "暂时取不到公布的公钥，本机未能核验。请联网后刷新本页；所示为服务器的核验结果。",
    en: "The published keys cannot be fetched now. Reload the page with a network; shown is what the server found.",
  },
  unable: {
    zh: "这部手机不能自行核验签名；所示为服务器的核验结果。可换一部手机打开本页，或用签名文本离线核验。",
    en: "This phone cannot check signatures; shown is what the server found. Open the page on another phone, or verify the signed text offline.",
  },
  all_genuine: { zh: "✓ 共 {n} 件，全部核验通过。", en: "{n} in all, each verified." },
  some_wrong: { zh: "✗ 共 {n} 件，其中 {bad} 件没有通过核验，已在下面标出。", en: "{n} in all, {bad} not verified: they are marked below." },
  save: { zh: "保存到手机", en: "Save as a file" },
  print: { zh: "打印", en: "Print" },
  share: { zh: "转发", en: "Share" },
  copy: { zh: "复制链接", en: "Copy the link" },
  copied: { zh: "链接已复制。", en: "The link is copied." },
  not_copied: { zh: "这部手机不让网页复制，请复制地址栏中的地址。", en: "This phone lets no page copy: copy the address shown above." },
  not_saved: { zh: "没有取到回执，请检查网络后再点一次。", en: "The receipt was not fetched. Check the network and tap again." },
};
