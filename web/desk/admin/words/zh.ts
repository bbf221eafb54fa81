export const zh = {
  system: {
    pages: { accounts: "账号", keys: "密钥", road: "运行状况", "dead-letters": "死信", profiles: "规则参数", audit: "审计", password: "修改密码" },
    services: { registry: "登记", inspection: "检查", feedback: "评价", oversight: "统管" },
    service: "服务", all: "全部", choose: "请选择", save: "保存", saved: "已保存",
    roles: {
      registrar: "登记管理员", agency_clerk: "经办人", approver: "负责人", inspector: "执法人员", coordinator: "统筹协调", system_admin: "系统管理员",
      security_admin: "安全管理员", auditor: "审计管理员",
    },
    may: {
      registrar: "登记企业、主体、人员、事项，导入，打印门牌", agency_clerk: "拟检查单、签发", approver: "审批检查单", inspector: "入企检查、记录",
      coordinator: "查看全局、联合检查、审查、投诉", system_admin: "运行状况、死信、规则推演", security_admin: "账号、密钥", auditor: "查看审计记录",
    },
    accounts: {
      title: "账号", new: "新建账号", search: "姓名、用户名或检查主体", role: "角色", state: "状态", states: { active: "正常", locked: "已锁定" }, username: "用户名",
      name: "姓名", roles: "角色", agency: "所属检查主体", inspector: "执法证", asNow: "当前", mustChange: "待改密码", register: "建立账号",
      separated: "三员分立：系统、安全、审计管理员之间及与其他角色不可兼任。", threeDays: "三天后", lock: "锁定", unlock: "解锁", askLock: "锁定这个账号？",
      askUnlock: "解锁这个账号？", reset: "重置密码", askReset: "重置密码？", askResetWhat: "原密码立即失效，已登录的设备需要重新登录。",
      once: "{username} 的一次性密码", onceWhat: "只显示这一次，请当面或经可靠渠道交给本人。有效至：{until}。首次登录后必须修改。", copy: "复制", copied: "已复制",
      noted: "已记下，不再显示",
      fields: { username: "用户名", name: "姓名", roles: "角色", agency_id: "所属检查主体", inspector_id: "执法证", active: "可登录" },
    },
    password: {
      title: "修改密码", must: "当前密码由管理员设置，请先改成自己的密码。", current: "当前密码", fresh: "新密码（至少 10 位）", again: "再输一次新密码",
      differ: "两次输入不一致。", change: "修改",
    },
    keys: {
      title: "密钥与轮换", what: "最新的密钥用于签名，旧密钥继续用于核验：轮换不影响已签发的检查码和已登录的账号。", token: "登录签名密钥",
      tokenWhat: "签发登录凭据。公钥发布在 JWKS，各服务自动取用。", code: "检查码签名密钥", codeWhat: "签发检查码、亮证码、回执。公钥公开，手机可离线核验。", number: "编号",
      made: "生成时间", use: "用途", signs: "签名与核验", verifies: "仅核验", soon: "已公布，{at} 起签名", rotate: "生成新密钥", ask: "为{keys}生成新密钥？",
      askWhat: "新密钥先公布，十秒（登录）或六分钟（检查码）后启用，不能撤回；旧密钥保留用于核验。此操作记入审计。",
    },
    road: {
      title: "事件通路运行状况", what: "每五秒刷新。各服务的发送、消费和定时任务由工作进程承担；一分钟没有消息即视为停滞。", relay: "待发送 {waiting} 条，最早的已等 {seconds} 秒，被拒 {refused} 条",
      loops: "{service}服务的循环", loop: "循环", turns: "运转", waiting: "待处理", silent: "上次报告（秒前）", worker: "进程", yes: "是", no: "否",
      openLetters: "{count} 封死信", group: "{name}：死信 {open} 封，待重投 {requested} 封，等待前序 {parked} 条，连续失败 {failures} 次",
      states: { well: "正常", letters: "有死信", troubled: "有积压或失败", stalled: "停滞", noWorker: "没有工作进程", unreachable: "联系不上", asking: "查询中…" },
    },
    letters: {
      title: "死信", what: "未能处理的事件原样保存在这里。排除原因后重投：由工作进程按原来的键再处理一次，结果只生效一次。", state: "状态",
      states: { open: "未处理", requested: "重投中", resolved: "已解决" }, type: "事件类型", unreadable: "（无法识别）", consumer: "消费者", error: "原因",
      attempts: "尝试次数", since: "首次失败", last: "最近失败", resolved: "解决时间", replays: "重投次数", place: "主题 / 分区 / 位移", event: "事件编号", subject: "对象",
      correlation: "关联号", content: "内容", empty: "没有死信。", redrive: "重投", ask: "重投这封死信？", askWhat: "若原因尚未排除，它会再次失败并回到这里。",
      redriveAll: "全部重投", redriveAllOf: "全部重投：{consumer}", askAll: "重投全部未处理的死信？", askAllWhat: "消费者 {consumer} 的所有未处理死信。", asked: "已请求重投 {count} 封。",
    },
    profiles: {
      title: "规则参数与推演", what: "参数随版本发布，不在此处修改；修改前可用过去的检查单推演。", where: "适用区划：{areas}；自 {from} 起", everywhere: "全部",
      states: { in_force: "现行", to_come: "尚未生效", replaced: "已被替代" }, figure: "参数", value: "取值", local: "本地", noRule: "未设此规则", yes: "是", no: "否", none: "无",
      figures: {
        timezone: "时区", min_inspectors: "最少执法人员（A3）", urgent_hours: "突发检查补批时限，小时（A6）", publish_days: "专项提前公布，天（A7）",
        reviewed_triggers: "须先审查的事由（A8）", unplanned_reviewed: "计划外须先审查（A8）", blocking_triggers: "到上限即阻断的事由（F1）",
        uncounted_triggers: "不计次数的事由（F1）", annual_caps: "本地年度上限（F1）", reasonable_per_year: "合理频次，次/年（F2）", visits_per_day: "每日次数（F3）",
        visits_per_week: "每周次数（F3）", visits_per_month: "每月次数（F3）", zero_finding_streak: "连续未发现问题（F4）", quiet_until_day: "企业安静期至每月几日（F5）",
        quiet_exempt_triggers: "安静期例外事由（F5）", top_grade_share: "优等企业抽查比例（F6）", join_days: "建议联合的间隔，天（J2）", joint_headcount: "联合检查人数上限（J4）",
        entry_radius_m: "入企距离，米（E2）", clock_skew_seconds: "时钟偏差，秒（E2）", backfill_days: "补录期限，天（E3）", conclusion_days: "告知期限，天（R3）",
        publish_workdays: "公开期限，工作日（R5）", k: "评价汇总最少份数（V1）", release_days: "评价最迟公布，天（V1）", complaint_workdays: "投诉办理，工作日（V2）",
      },
    },
    simulation: {
      title: "规则推演", start: "推演", what: "用当时的事实，把过去的检查单按下面的参数再判一遍，与当时的结果比较。不改变任何数据。", text: "参数文件（可修改）", from: "自", to: "至",
      area: "区划（前缀，不填为全部）", run: "开始推演", earlier: "以往推演", progress: "推演进度",
      states: { waiting: "排队中", running: "进行中", finished: "已完成", failed: "未能完成" }, orders: "共 {orders} 张检查单；另有 {outside} 张不适用此参数。",
      outcome: "结果", then: "当时", given: "按此参数", difference: "变化", tallies: { blocked: "阻断", justified: "需说明", joined: "建议联合", free: "无意见" },
      rows: "按检查主体与规则", agency: "检查主体", rule: "规则", csv: "下载 CSV", nothing: "没有任何规则提出意见。",
    },
    audit: {
      title: "审计记录", what: "谁在何时做了什么。只增不改，服务自身也无权删改。", at: "时间", tag: "行为", subject: "对象（或其开头）", who: "账号", origin: "来源", details: "详情",
      tags: {
        "account-registered": "建立账号", "account-changed": "修改账号", "account-roles_granted": "授予角色", "account-password_set": "设置密码",
        "login-refused": "登录被拒", "contact-read": "查看联系电话", "import-started": "导入", "key-rotated": "轮换密钥", "dead_letters-redriven": "重投死信",
        "read_models-replaced": "重建统计", "case_file-exported": "导出案卷", "plates-printed": "打印门牌", "registry-registered": "登记", "registry-changed": "修改登记", "inspector-photo_put": "更换照片",
      },
    },
  },
};
