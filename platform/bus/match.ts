/** `gomall.*.replies` stands for the replies of every room. */
export function matches(pattern: string, topic: string): boolean {
  if (!pattern.includes('*')) return pattern === topic;
  const [head, tail] = pattern.split('*') as [string, string];
  return topic.startsWith(head) && topic.endsWith(tail);
}
