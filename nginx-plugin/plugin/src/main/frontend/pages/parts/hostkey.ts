import { confirm, curlPost, h, postJson, text, toast, type Page } from "@shera/kit";
import type { Cluster, ClusterNode } from "./model";

interface Shown {
  readonly key: string;
  readonly fingerprint: string;
  readonly known: string;
}

/** For who may accept one, beside a node of SSH that could not be read: its key, to be compared and accepted. */
export function hostKeyButton(
  page: Page,
  cluster: Cluster,
  node: ClusterNode,
  again: () => Promise<void>,
  failed: (thrown: unknown) => void,
): HTMLElement | false {
  if (!node.ssh || !cluster.mayAccept || node.error === "") return false;
  const ask = async () => {
    const where = { nginx: cluster.cluster, node: node.name };
    const shown = await postJson<Shown>(`${page.url}/hostKey`, where);
    const body = { ...where, key: shown.key };
    confirm({
      title: text("hostKey.title", node.name),
      consequences: [
        text("hostKey.shown", shown.fingerprint),
        ...(shown.known === "" ? [] : [text("hostKey.known", shown.known)]),
        text("hostKey.compare"),
      ],
      verb: text("hostKey.accept"),
      byHand: () => ({ curl: curlPost(`${page.url}/acceptHostKey`, body) }),
      act: async () => {
        await postJson(`${page.url}/acceptHostKey`, body);
        toast(text("hostKey.accepted"));
        await again();
      },
    });
  };
  return h(
    "button",
    { type: "button", class: "jenkins-button", onclick: () => void ask().catch(failed) },
    text("hostKey.show"),
  );
}
