/** `5 000 ₸` from tiyn. */
export function tenge(minor: number): string {
  const sign = minor < 0 ? '−' : '';
  return `${sign}${grouped(Math.abs(minor) / 100)}\u00a0₸`;
}

export function grouped(amount: number): string {
  return String(amount).replaceAll(/\B(?=(\d{3})+$)/g, '\u00a0');
}

/** `14:05:09` on this machine's clock. */
export function timeOfDay(wallMs: number): string {
  return new Date(wallMs).toLocaleTimeString('en-GB');
}

/** `+7 701 000 00 01`. */
export function phoneInWords(phone: string): string {
  return phone.replace(/^(\+7)(\d{3})(\d{3})(\d{2})(\d{2})$/, '$1 $2 $3 $4 $5');
}

export function durationInWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours < 24) return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

/** `11:56:10 terminal-started build=0.1.0` from the JSON a terminal logs; any other line as it is. */
export function logLineInWords(line: string): string {
  try {
    const { level: _level, time, msg, ...fields } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const told = Object.entries(fields).map(([name, value]) => `${name}=${worded(value)}`);
    return [timeOfDay(Date.parse(String(time))), String(msg), ...told].join('  ');
  } catch {
    return line;
  }
}

function worded(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
