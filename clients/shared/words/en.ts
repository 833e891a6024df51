/** Words that both clients say. */
export const sharedEn = {
  state: {
    loading: 'Loading …',
    retry: 'Try again',
    errorTitle: 'This did not work',
    errorText: 'Something went wrong on our side. Trying again often helps.',
    limited: 'That was a lot at once. Please wait a moment and try again.',
    unavailable: 'This part of the shop does not answer right now. Please try again shortly.',
    trace: 'Reference for our support: {{id}}',
    offline: 'You are offline. What you see may be out of date.',
    offlineTitle: 'No connection',
    offlineText: 'We could not reach the shop. Check your connection and try again.',
    partial: 'A part of this page does not answer right now; the rest works.',
  },
};
