import { confirm, curlPost, getJson, postJson, Problem, text } from "@shera/kit";

const LOOK_MILLIS = 1000;
const PATIENCE_MILLIS = 120_000;

/** Asks, puts a debug container beside the chosen one, and waits until it runs; its name, or nothing if the person thought better of it. */
export async function addDebugger(
  url: string,
  room: Record<string, string>,
  tell: (key: string) => void,
): Promise<string | undefined> {
  const { pod = "", container = "" } = room;
  let name: string | undefined;
  await confirm({
    title: text("debug.sure", `${pod} / ${container}`),
    consequences: [text("debug.then.stays"), text("debug.then.sees")],
    verb: text("debug.add"),
    byHand: () => ({ curl: curlPost(new URL(`${url}/debuggers/start`, location.href).href, room) }),
    act: async () => {
      name = (await postJson<{ container: string }>(`${url}/debuggers/start`, room)).container;
    },
  });
  if (name === undefined) return undefined;
  tell("debug.waiting");
  const look = `${url}/debuggers/look?${new URLSearchParams({ ...room, container: name }).toString()}`;
  const end = Date.now() + PATIENCE_MILLIS;
  for (;;) {
    const { state, why } = await getJson<{ state: string; why: string }>(look);
    if (state === "running") return name;
    if (state !== "starting" || Date.now() > end) throw new Problem(0, { error: text("debug.failed", why) });
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLIS));
  }
}
