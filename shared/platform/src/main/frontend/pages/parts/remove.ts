import { confirm, curlPost, postJson, text } from "@shera/kit";
import type { Written } from "./model";
import { goTo } from "./write";

/** Asks for the name, removes the thing at an address, and goes where the server says. */
export async function removeThing(
  name: string,
  url: string,
  version: number,
  consequences: readonly string[],
): Promise<void> {
  let answer: Written | undefined;
  const done = await confirm({
    title: text("remove.title", name),
    consequences,
    verb: text("remove.verb"),
    destructive: true,
    typed: name,
    byHand: () => ({ curl: curlPost(`${url}/remove`, { version }) }),
    act: async () => {
      answer = await postJson<Written>(`${url}/remove`, { version });
    },
  });
  if (done && answer) goTo(answer.url);
}
