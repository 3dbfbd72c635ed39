import { card, getJson, h, Problem, text } from "@shera/kit";
import { Unicode11Addon } from "@xterm/addon-unicode11";
import { Terminal } from "@xterm/xterm";
import { guard } from "./guard";
import { Line } from "./line";
import { dress } from "./theme";

const MOST = 1000;
const GONE = 404;
/** A page instead of an answer is that of the login. */
const SIGNED_OUT: readonly number[] = [200, 401, 403];

/** Nothing also when the server does not answer: it may come back. */
async function refusal(read: Promise<unknown>): Promise<number | undefined> {
  try {
    await read;
    return undefined;
  } catch (thrown) {
    return thrown instanceof Problem ? thrown.status : undefined;
  }
}

/** Why a link lets nobody in any more: it is gone, or who has it may not enter; nothing while it may still do. */
async function shut(url: string, link: string): Promise<string | undefined> {
  const status = await refusal(getJson(`${url}/watch?link=${encodeURIComponent(link)}`));
  if (status === undefined) return undefined;
  if (SIGNED_OUT.includes(status)) return "away";
  if (status !== GONE) return undefined;
  const page = await refusal(getJson(`${url}/api/json`));
  return page === undefined ? "unlinked" : page === GONE || SIGNED_OUT.includes(page) ? "away" : undefined;
}

/** The screen of another's session, of the size it has there; nothing is typed into it. */
export function watch(url: string, link: string): HTMLElement {
  const state = h("p", { class: "shera-muted", role: "status" }, text("watch.state"));
  const place = h("div", { class: "shera-terminal__reel" });
  const terminal = new Terminal({
    allowProposedApi: true,
    disableStdin: true,
    fontSize: 14,
    scrollback: 5000,
    minimumContrastRatio: 4.5,
  });
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = "11";
  guard(terminal, () => false);
  queueMicrotask(() => {
    terminal.open(place);
    dress(terminal, place);
    new Line(`${url}/watch?link=${encodeURIComponent(link)}`, {
      begin: () => {
        terminal.reset();
        state.textContent = text("watch.state");
      },
      output: (data, shown) => terminal.write(data, shown),
      lost: () => (state.textContent = text("state.lost")),
      shut: () => shut(url, link),
      over: ({ end, code }) => (state.textContent = text(`end.${end}`, code < 0 ? "" : String(code), "")),
      size: (columns, rows) => {
        if (columns > 0 && rows > 0 && columns <= MOST && rows <= MOST) terminal.resize(columns, rows);
      },
    });
  });
  return card(
    text("watch.title"),
    [state, place],
    h("a", { class: "jenkins-button jenkins-button--tertiary", href: `${url}/` }, text("watch.again")),
  );
}
