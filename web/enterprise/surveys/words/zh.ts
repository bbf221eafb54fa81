export const zh = {
  surveys: {
    title: "问卷",
    secret: "答卷不记名：管理部门只能看到多家企业的汇总，看不到是谁答的。",
    none: "现在没有请您作答的问卷。",
    until: "{day} 截止 · {n} 题",
    answer: "作答",
    answered: "已答。每份问卷每家企业答一次，谢谢。",
    sent: "已提交，谢谢！答卷不记名，今后不会再请您答这一份。",
    sent_before: "本企业已经答过这份问卷，这次没有重复提交。",
    kept: "没提交之前，答案只存在这部手机上。",
    missing: "请回答这一题",
    missing_some: "还有 {n} 题没有回答，已在题目处标出。",
    send: "提交答卷",
    later: "以后再答",
  },
};
