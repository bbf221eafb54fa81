/** What the script adds to the scanned page, in the language that the page came in. */
const zh = {
  genuine: "本机已用公布的公钥核验：签名真实。",
  forged: "本机用公布的公钥核验：签名不符，这个码不可信！",
  unknown_key: "本机核验：签名所用的密钥未公布或已撤回。",
  unreadable: "本机核验：这不是一个完整的码。",
  no_keys: "暂时取不到公布的公钥，本机未能核验；以上为服务器的核验结果。",
  refuse: "依法拒绝检查",
  refuse_no_code: "有人上门检查，但不出示检查码",
  choose: "拒绝的理由（将写入回执）",
  words: "补充说明（可不填）",
  confirm: "确认拒绝，领取回执",
  back: "返回",
  refusing: "正在登记…",
  refused: "已登记拒绝。请让执法人员看此回执，并自行保存。",
  receipt: "打开回执",
  no_signal: "没有连上服务器，尚未登记。请检查网络后再点一次。",
};

const en: typeof zh = {
  genuine: "Checked on this phone with the published key: the signature is genuine.",
  forged: "Checked on this phone with the published key: the signature does not match. Do not trust this code!",
  unknown_key: "Checked on this phone: the key of this signature is not published, or was withdrawn.",
  unreadable: "Checked on this phone: this is not a whole code.",
  no_keys: "The published key cannot be fetched now, so this phone could not check; above is what the server found.",
  refuse: "Refuse lawfully",
  refuse_no_code: "Somebody is here to inspect and shows no code",
  choose: "The ground (it will stand on the receipt)",
  words: "In your own words (optional)",
  confirm: "Refuse, and get the receipt",
  back: "Back",
  refusing: "Registering…",
  refused: "The refusal is registered. Show the inspectors the receipt, and keep it.",
  receipt: "Open the receipt",
  no_signal: "The server was not reached; nothing is registered yet. Check the network and tap again.",
};

export const language = document.documentElement.lang === "en" ? "en" : "zh";
export const words = language === "en" ? en : zh;
