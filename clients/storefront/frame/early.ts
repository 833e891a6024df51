/** What was typed into the server's search box before the client took over: it is carried along, with the focus. */
export const early = { text: '', focused: false };

export function rememberEarly(): void {
  const box = document.querySelector<HTMLInputElement>('#root input[name=q]');
  if (!box) return;
  early.text = box.value;
  early.focused = document.activeElement === box;
}
