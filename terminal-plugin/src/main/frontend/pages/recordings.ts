import {
  applicationFrame,
  card,
  empty,
  fill,
  getJson,
  h,
  quantity,
  start,
  Table,
  text,
  when,
  type ApplicationHead,
} from "@shera/kit";
import { Cast } from "./parts/cast";
import { endOf, minutes, Player, type Recording } from "./parts/player";

interface Data {
  readonly demanding: readonly string[];
  readonly recordings: readonly Recording[];
}

start(async (page) => {
  const head = await getJson<ApplicationHead>(`${page.data["application"]}/api/json`);
  const content = applicationFrame(page, head, "recordings");
  const wanted = new URLSearchParams(location.search).get("recording");
  if (wanted !== null) {
    const player = new Player(await getJson<Recording>(new Cast(page.url, wanted).address("look")), page.url);
    fill(content, player.element);
    player.begin();
  } else fill(content, list(await getJson<Data>(`${page.url}/api/json`)));
});

function list({ demanding, recordings }: Data): HTMLElement {
  const table = new Table<Recording>({
    label: text("recordings"),
    key: (one) => one.id,
    searchText: (one) => `${one.owner} ${one.environment} ${one.pod} ${one.container} ${one.images.join(" ")}`,
    sortedBy: 0,
    descending: true,
    columns: [
      {
        title: text("recording.started"),
        cell: (one) => h("a", { href: `?recording=${one.id}` }, when(one.started)),
        value: (one) => one.started,
      },
      { title: text("owner"), cell: (one) => one.owner, value: (one) => one.owner },
      { title: text("environment"), cell: (one) => one.environment, value: (one) => one.environment },
      { title: text("container"), cell: (one) => `${one.pod} / ${one.container}`, value: (one) => one.pod },
      {
        title: text("recording.length"),
        cell: (one) => (one.live ? "" : minutes(one.seconds)),
        value: (one) => one.seconds,
        kind: "number",
      },
      {
        title: text("files.size"),
        cell: (one) => quantity(one.bytes, "bytes"),
        value: (one) => one.bytes,
        kind: "number",
      },
      { title: text("recording.end"), cell: (one) => endOf(one) },
      { title: text("recording.images"), cell: (one) => one.images.map((image) => h("div", {}, h("code", {}, image))) },
    ],
    whenEmpty: () => empty(text("recording.none"), text("recording.none.why")),
  });
  table.show(recordings);
  const where = demanding.length > 0 ? text("recording.demanded", demanding.join(", ")) : text("recording.free");
  return card(text("recordings"), [h("p", { class: "shera-muted" }, where), table.element]);
}
