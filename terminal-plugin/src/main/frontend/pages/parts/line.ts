/** What the server says beside the output. */
export interface End {
  readonly end: string;
  readonly code: number;
  readonly message: string;
}

interface Said extends End {
  readonly begin?: number;
  readonly seen?: number;
  readonly watchers?: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
}

/** What a line needs of the page. */
export interface Ends {
  begin(): void;
  output(data: Uint8Array, shown: () => void): void;
  lost(): void;
  over(end: End): void;
  /** Asked when the server did not let the line in: why it never will again, or nothing where it is to be tried again. */
  shut?(): Promise<string | undefined>;
  /** Who watches besides, for the owner. */
  watchers?(users: readonly string[]): void;
  /** The size of the screen, for who watches. */
  size?(columns: number, rows: number): void;
}

const ACK_BYTES = 32 * 1024;
const KEYS_BYTES = 16 * 1024;
const SLOWEST_MILLIS = 15_000;

/** The connection to one session; comes back by itself after a cut, at the byte where it was. */
export class Line {
  private socket: WebSocket | undefined;
  private received = -1;
  private shown = 0;
  private seen = 0;
  private confirmed = 0;
  private failures = 0;
  private over = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly address: string,
    private readonly ends: Ends,
  ) {
    this.connect();
  }

  type(keys: Uint8Array): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    for (let at = 0; at < keys.length; at += KEYS_BYTES) this.socket.send(keys.slice(at, at + KEYS_BYTES));
  }

  size(columns: number, rows: number): void {
    this.say({ columns, rows });
  }

  /** Leaves the session running. */
  leave(): void {
    this.over = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private connect(): void {
    const url = new URL(this.address, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    if (this.received >= 0) url.searchParams.set("from", String(this.received));
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    let entered = false;
    socket.addEventListener("open", () => (entered = true));
    socket.addEventListener("message", ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === "string") this.told(JSON.parse(data) as Said);
      else this.take(new Uint8Array(data));
    });
    socket.addEventListener("close", () => {
      if (this.over || socket !== this.socket) return;
      this.ends.lost();
      void this.again(entered);
    });
    this.socket = socket;
  }

  private async again(entered: boolean): Promise<void> {
    const end = entered ? undefined : await this.ends.shut?.();
    if (this.over) return;
    if (end !== undefined) {
      this.over = true;
      this.ends.over({ end, code: -1, message: "" });
      return;
    }
    this.failures += 1;
    this.timer = setTimeout(() => this.connect(), Math.min(SLOWEST_MILLIS, 250 * 2 ** this.failures));
  }

  /** Whether what is being drawn was never drawn in a page before, so that its questions are still to be answered. */
  get live(): boolean {
    return this.shown >= this.seen;
  }

  /** Whether the output given last was never drawn in a page before. */
  get fresh(): boolean {
    return this.received > this.seen;
  }

  private told(said: Said): void {
    if (said.begin !== undefined) {
      this.failures = 0;
      this.received = said.begin;
      this.shown = said.begin;
      this.seen = Math.max(said.begin, said.seen ?? 0);
      this.confirmed = said.begin;
      this.ends.begin();
    } else if (said.watchers !== undefined) this.ends.watchers?.(said.watchers);
    else if (said.columns !== undefined && said.rows !== undefined) this.ends.size?.(said.columns, said.rows);
    else if (said.end !== undefined) {
      this.over = true;
      this.ends.over(said);
      this.socket?.close();
    }
  }

  private take(data: Uint8Array): void {
    const old = Math.min(data.length, this.seen - this.received);
    if (old > 0 && old < data.length) {
      this.take(data.slice(0, old));
      this.take(data.slice(old));
      return;
    }
    this.received += data.length;
    this.ends.output(data, () => {
      this.shown += data.length;
      if (this.shown - this.confirmed < ACK_BYTES && this.shown !== this.received) return;
      this.confirmed = this.shown;
      this.say({ ack: this.shown });
    });
  }

  private say(what: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(what));
  }
}
