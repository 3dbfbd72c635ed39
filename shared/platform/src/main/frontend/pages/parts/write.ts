import { curlPost, Form, postJson, toast, text, type Field, type Warning } from "@shera/kit";
import type { Written } from "./model";

/** A form that creates or changes one thing over its REST address. */
export interface WriteForm {
  readonly label: string;
  readonly url: string;
  readonly fields: readonly Field[];
  readonly values: unknown;
  readonly verb: string;
  /** The stored version a change starts from; nothing when the thing is new. */
  readonly version?: number;
  /** From what the form says to what the server takes, where these differ. */
  readonly translate?: (body: Record<string, unknown>) => Record<string, unknown>;
  readonly cancel: () => void;
  readonly written: (answer: Written) => void;
}

interface Checked {
  readonly warnings?: readonly Warning[];
}

/** Goes to an address and reads it anew, also when only the part after `#` differs from here. */
export function goTo(address: string): void {
  const target = new URL(address, location.href);
  const here = (url: { pathname: string; search: string }) => url.pathname.replace(/\/$/, "") + url.search;
  if (here(target) !== here(location)) {
    location.assign(target);
    return;
  }
  history.replaceState(null, "", target);
  location.reload();
}

/** Draws the form; the same call stands beside it. */
export function writeForm(settings: WriteForm): Form {
  const whole = (said: Record<string, unknown>) => {
    const body = settings.translate?.(said) ?? said;
    return settings.version === undefined ? body : { ...body, version: settings.version };
  };
  return new Form({
    label: settings.label,
    fields: settings.fields,
    values: settings.values,
    verb: settings.verb,
    send: async (body) => {
      const answer = await postJson<Written>(settings.url, whole(body));
      toast(text("page.saved"));
      settings.written(answer);
    },
    check: async (body, signal) =>
      (await postJson<Checked>(`${settings.url}?check=true`, whole(body), signal)).warnings ?? [],
    cancel: settings.cancel,
    byHand: (body) => ({ curl: curlPost(settings.url, whole(body)) }),
  });
}
