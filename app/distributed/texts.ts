/** What the screen of `npm run distributed` says, by language. */
import type { State } from './seat.ts';

export type Language = 'en' | 'zh';

/** Of LANG, in the form of POSIX: `zh_CN.UTF-8`. */
export const languageOf = (lang: string | undefined): Language => (lang?.startsWith('zh') ? 'zh' : 'en');

export interface Texts {
  columns: readonly [name: string, pid: string, port: string, state: string, restarts: string, up: string, memory: string, cpu: string, trouble: string];
  states: Record<State, string>;
  keys: string;
  rolling: string;
  rolled: (seconds: string) => string;
  rollingFailed: string;
  closing: string;
  open: (origin: string, processes: number, seconds: string) => string;
}

export const TEXTS: Record<Language, Texts> = {
  en: {
    columns: ['process', 'pid', 'port', 'state', 'restarts', 'up', 'memory', 'cpu', 'last trouble'],
    states: { starting: 'starting', ready: 'ready', degraded: 'degraded', restarting: 'restarting', stopped: 'stopped' },
    keys: 'r rolling restart   q quit',
    rolling: 'replacing one process after the other …',
    rolled: (seconds) => `all processes are new (${seconds} s)`,
    rollingFailed: 'the rolling restart has ended',
    closing: 'closing …',
    open: (origin, processes, seconds) => `GoMall is open at ${origin} in ${processes} processes (${seconds} s)`,
  },
  zh: {
    columns: ['进程', 'PID', '端口', '状态', '重启', '运行', '内存', 'CPU', '最近的问题'],
    states: { starting: '启动中', ready: '就绪', degraded: '降级', restarting: '重启中', stopped: '已停止' },
    keys: 'r 滚动重启   q 退出',
    rolling: '正在逐个替换进程 …',
    rolled: (seconds) => `所有进程已替换(${seconds} 秒)`,
    rollingFailed: '滚动重启已中止',
    closing: '正在关闭 …',
    open: (origin, processes, seconds) => `GoMall 已在 ${origin} 开放,共 ${processes} 个进程(${seconds} 秒)`,
  },
};
