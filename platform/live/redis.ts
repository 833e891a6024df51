/**
 * Live over Redis Pub/Sub. Listeners of the same process are told directly, so a process on its own needs no Redis for
 * them; those of other processes through one subscribing connection a process, which holds each channel once however many
 * listen. A subscription takes a moment to reach Redis, and a connection can be lost: whenever hints of other processes may
 * have been missed the listeners are told to look again, and once a second while Redis is away.
 */
import type { Clock } from '#platform/clock/clock.ts';
import { isAway, type Connection } from '#platform/redis/connection.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { Listener } from './listener.ts';
import { LOOK_AGAIN, type Live } from './live.ts';

/** How often the subscribing connection is asked whether it lives, and listeners look for themselves while it does not. */
export const LOOK_MS = 1_000;
/** Channels in one SUBSCRIBE after a reconnect. */
const BATCH = 500;

export interface RedisLiveSettings {
  /** Publishes; shared with others. */
  commands: Connection;
  /** Subscribes; this port's own. */
  subscriber: Connection;
  /** A UUID no other process has, before each payload: what this one has published comes back to it and was heard already. */
  origin: string;
  prefix: string;
  clock: Clock;
  log: Logger;
}

interface Channel {
  name: string;
  listeners: Set<Listener>;
  state: 'new' | 'asked' | 'heard';
}

export function createRedisLive({ commands, subscriber, origin, prefix, clock, log }: RedisLiveSettings): Live {
  const channels = new Map<string, Channel>();
  const base = `${prefix}:live:`;
  let closed = false;

  function tell(channel: Channel | undefined, payload: string): void {
    for (const listener of channel?.listeners ?? []) listener.push(payload);
  }

  /** Whatever goes wrong is said by the connection, and tried again within LOOK_MS. */
  function inBackground(work: Promise<unknown>, failed = () => {}): void {
    work.catch((error: unknown) => {
      failed();
      if (!isAway(error)) log.error({ err: error }, 'a live channel failed in a way that nobody foresaw');
    });
  }

  function subscribe(wanted: readonly Channel[]): void {
    for (let start = 0; start < wanted.length; start += BATCH) {
      const batch = wanted.slice(start, start + BATCH);
      for (const channel of batch) channel.state = 'asked';
      const asked = subscriber.run((redis) => redis.subscribe(...batch.map(({ name }) => base + name))).then(() => {
        for (const channel of batch) {
          channel.state = 'heard';
          tell(channel, LOOK_AGAIN);
        }
      });
      inBackground(asked, () => batch.forEach((channel) => (channel.state = 'new')));
    }
  }

  function leave(channel: Channel): void {
    channels.delete(channel.name);
    if (!closed && subscriber.ready()) inBackground(subscriber.run((redis) => redis.unsubscribe(base + channel.name)));
  }

  subscriber.onReady(() => {
    // A new connection hears nothing yet.
    if (!closed) subscribe([...channels.values()]);
  });
  subscriber.client.on('message', (name: string, body: string) => {
    if (!body.startsWith(origin)) tell(channels.get(name.slice(base.length)), body.slice(origin.length));
  });
  const endLooking = clock.every(LOOK_MS, () => {
    const unheard = [...channels.values()].filter(({ state }) => !subscriber.ready() || state !== 'heard');
    for (const channel of unheard) tell(channel, LOOK_AGAIN);
    if (!subscriber.ready()) return;
    subscribe(unheard.filter(({ state }) => state === 'new'));
    inBackground(subscriber.run((redis) => redis.ping()), () => channels.forEach((channel) => tell(channel, LOOK_AGAIN)));
  });

  return {
    publish(name, payload) {
      tell(channels.get(name), payload);
      if (!closed && commands.ready()) inBackground(commands.run((redis) => redis.publish(base + name, origin + payload)));
    },
    listen(name, signal) {
      const listener = new Listener(() => {
        signal?.removeEventListener('abort', abort);
        channel?.listeners.delete(listener);
        if (channel?.listeners.size === 0) leave(channel);
      });
      const abort = () => listener.end();
      let channel: Channel | undefined;
      if (closed || signal?.aborted) {
        listener.end();
        return listener;
      }
      channel = channels.get(name);
      if (!channel) {
        channel = { name, listeners: new Set(), state: 'new' };
        channels.set(name, channel);
        if (subscriber.ready()) subscribe([channel]);
      }
      channel.listeners.add(listener);
      signal?.addEventListener('abort', abort, { once: true });
      return listener;
    },
    async close() {
      closed = true;
      endLooking();
      for (const { listeners } of [...channels.values()]) for (const listener of [...listeners]) listener.end();
      subscriber.close();
    },
  };
}
