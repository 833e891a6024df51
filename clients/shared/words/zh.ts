import type { sharedEn } from './en.ts';

/** 两个客户端共用的文字。 */
export const sharedZh: typeof sharedEn = {
  state: {
    loading: '正在加载……',
    retry: '重试',
    errorTitle: '没有成功',
    errorText: '我们这边出了点问题，再试一次通常就好。',
    limited: '操作太频繁了，请稍等片刻再试。',
    unavailable: '商城的这个部分暂时没有响应，请稍后再试。',
    trace: '客服查询编号：{{id}}',
    offline: '您已离线，页面内容可能不是最新的。',
    offlineTitle: '没有网络连接',
    offlineText: '暂时连接不上商城，请检查网络后重试。',
    partial: '页面有一部分暂时没有响应，其余部分可以正常使用。',
  },
};
