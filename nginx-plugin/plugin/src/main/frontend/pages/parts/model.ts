/** What api/json of the page gives. */
export interface Front {
  readonly title: string;
  readonly tenantUrl: string;
  readonly clusters: readonly {
    readonly id: string;
    readonly nodes: number;
    readonly port: number;
    readonly shared: boolean;
    readonly drifted: number;
    readonly unread: number;
    readonly comparedAt: string;
    /** Of the certificate that ends first, which may be none. */
    readonly certificate: string;
    readonly certificateEnds: string;
    readonly certificateDays: number;
  }[];
}

export interface Member {
  readonly address: string;
  readonly weight: number;
}

export interface Route {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly tenant: string;
  readonly application: string;
  readonly environment: string;
  readonly members: readonly Member[];
  readonly percent: number;
  readonly rules: number;
  readonly canary: readonly Member[];
  /** What is done with its requests beside, in the words of the form; absent where nothing is. */
  readonly routeRules?: Readonly<Record<string, string | number | boolean>>;
  readonly tls?: {
    readonly certificate: string;
    readonly port: number;
    readonly redirect: number;
    readonly hsts: number;
    readonly http2: boolean;
  };
}

/** Everything that can protect a machine from what is tried there. */
export const PROTECTIONS = ["NETWORK", "USER", "PRIVILEGES", "MEMORY", "TIME"] as const;

/** A TCP or UDP port that leads to an application. */
export interface Stream {
  readonly name: string;
  readonly port: number;
  readonly protocol: "tcp" | "udp";
  readonly tenant: string;
  readonly application: string;
  readonly environment: string;
  readonly members: readonly Member[];
  readonly allow: string;
  readonly deny: string;
}

/** Names of the rules that say something, in the order of the form. */
export function toldRules(route: Route): string[] {
  return Object.entries(route.routeRules ?? {})
    .filter(([, value]) => value !== "" && value !== 0 && value !== false)
    .map(([name]) => name);
}

export type Files = Readonly<Record<string, string>>;

/** Files one below the other, as one text to compare. */
export function joined(files: Files): string {
  return Object.keys(files)
    .sort()
    .map((name) => `# ---- ${name}\n${files[name]}`)
    .join("\n");
}

/** Lines of the routes' own file that were changed by the same; those of nobody stand in pushed alone. */
export interface Chunk {
  readonly who: "NOBODY" | "MADE" | "HAND" | "BOTH" | "CONFLICT";
  readonly pushed: readonly string[];
  readonly generated?: readonly string[];
  readonly node?: readonly string[];
}

/** A row of the three columns: equal lines that are left out, or lines. */
export type Row = { readonly skipped: number } | Required<Chunk>;

/** The chunks with a few equal lines around what differs. */
export function rows(chunks: readonly Chunk[], around = 3): Row[] {
  return chunks.flatMap((chunk, index): Row[] => {
    if (chunk.who !== "NOBODY") return [{ ...chunk, generated: chunk.generated ?? [], node: chunk.node ?? [] }];
    const head = index === 0 ? 0 : around;
    const tail = index === chunks.length - 1 ? 0 : around;
    const lines = chunk.pushed;
    const equal = (some: readonly string[]): Row[] =>
      some.length === 0 ? [] : [{ who: "NOBODY", pushed: some, generated: some, node: some }];
    if (lines.length <= head + tail + 1) return equal(lines);
    return [
      ...equal(lines.slice(0, head)),
      { skipped: lines.length - head - tail },
      ...equal(tail === 0 ? [] : lines.slice(-tail)),
    ];
  });
}

/** A node as it answered; all but name and error is absent where it did not. */
export interface ClusterNode {
  readonly name: string;
  readonly error: string;
  /** Whether it is reached by SSH. */
  readonly ssh?: boolean;
  readonly generation?: number;
  readonly weightGeneration?: number;
  readonly changedAt?: string;
  /** Of its nginx; both empty where it does not tell. */
  readonly version?: string;
  readonly reloadedAt?: string;
  readonly served?: boolean;
  readonly drifted?: boolean;
  readonly hidden?: number;
  readonly changes?: readonly string[];
  readonly routes?: readonly Route[];
  readonly streams?: readonly Stream[];
  /** What keeps this machine safe from own files that are tried before nginx tests them as itself. */
  readonly protections?: readonly string[];
  readonly found?: Files;
  readonly intended?: Files;
  readonly generated?: Files;
  readonly adopted?: boolean;
  /** When files were written that wait for a reload; empty where none do. */
  readonly waitingAt?: string;
  readonly threeWays?: readonly Chunk[];
  readonly earlier?: readonly { readonly generation: number; readonly at: string; readonly files: Files }[];
}

/** The routes or the weights of a KubeNg node. */
export interface Half {
  readonly generation: number;
  readonly sha: string;
  readonly endpoints: number;
  readonly reloads: number;
  readonly lastReload: string;
  readonly error: string;
  readonly leftOut: readonly string[];
}

/** A node that asks for what it serves; what it told is absent where nothing was heard of it. */
export interface Daemon {
  readonly name: string;
  readonly token: string;
  readonly heardAt: string;
  readonly version?: string;
  readonly routes?: Half;
  readonly weights?: Half;
  readonly streams?: Half;
  readonly leases?: readonly { readonly owner: string; readonly seconds: number; readonly over: boolean }[];
  readonly following?: Following;
}

/** How changes of addresses reach its nginx; the reason why with reloads is for administrators. */
export interface Following {
  readonly live: number;
  readonly reloads: boolean;
  readonly reason: string;
  readonly reloading: readonly string[];
}

/** The generations that all nodes are to serve. */
export interface Wanted {
  readonly wantedGeneration?: number;
  readonly wantedWeights?: number;
  readonly wantedStreams?: number;
}

/** Those of a cluster. */
export function wanted({ wantedGeneration, wantedWeights, wantedStreams }: Wanted): Wanted {
  return JSON.parse(JSON.stringify({ wantedGeneration, wantedWeights, wantedStreams })) as Wanted;
}

/** How a KubeNg node stands to what is wanted, now in milliseconds since 1970. */
export function standing(
  daemon: Daemon,
  cluster: Wanted,
  now: number,
): "never" | "away" | "error" | "behind" | "serves" {
  if (!daemon.routes || !daemon.weights) return "never";
  if (now - Date.parse(daemon.heardAt) > 60_000) return "away";
  const halves = [daemon.routes, daemon.weights, ...(daemon.streams ? [daemon.streams] : [])];
  if (halves.some((half) => half.error !== "" || half.leftOut.length > 0)) return "error";
  const behind =
    daemon.routes.generation < (cluster.wantedGeneration ?? 0) ||
    daemon.weights.generation < (cluster.wantedWeights ?? 0) ||
    (daemon.streams?.generation ?? 0) < (cluster.wantedStreams ?? 0);
  return behind ? "behind" : "serves";
}

/** What `nodes?cluster=` gives; the optional ones of clusters whose nodes run KubeNg. */
export interface Cluster extends Wanted {
  /** Nodes without the newest push of own files, with the reason. */
  readonly behind?: readonly { readonly node: string; readonly why: string }[];
  readonly cluster: string;
  readonly whole: boolean;
  /** Whether the reader may accept keys of SSH. */
  readonly mayAccept: boolean;
  readonly canOverwrite: boolean;
  /** Whose page it is, and whether the caller may change rules of this tenant's routes. */
  readonly tenant: string;
  readonly mayRule: boolean;
  readonly nodes: readonly ClusterNode[];
  readonly daemons?: readonly Daemon[];
  readonly routes?: readonly Route[];
  readonly streams?: readonly Stream[];
  readonly canIssue?: boolean;
  readonly watched?: Watched;
}

/** An Ingress or HTTPRoute, and what each node says of it. */
export interface KubeObject {
  readonly name: string;
  readonly kind: string;
  readonly object: string;
  readonly cluster: string;
  readonly tenant: string;
  readonly nodes: readonly {
    readonly node: string;
    readonly hosts: readonly string[];
    readonly refused: readonly string[];
  }[];
}

/** Which objects of Kubernetes the nodes look at, and what became of them. */
export interface Watched {
  readonly classes: string;
  readonly gateways: string;
  readonly pods: boolean;
  readonly namespaces: readonly string[];
  readonly unwatched: readonly string[];
  readonly objects: readonly KubeObject[];
}

/** What became of an object: `refused` where a node serves none of it, `partly` where one serves some of it. */
export function fate(object: KubeObject): "served" | "partly" | "refused" {
  if (object.nodes.some((one) => one.hosts.length === 0)) return "refused";
  return object.nodes.some((one) => one.refused.length > 0) ? "partly" : "served";
}

/** Every reason that is told of it, once, with the nodes that tell it. */
export function reasons(object: KubeObject): [reason: string, nodes: string[]][] {
  const all = new Map<string, string[]>();
  for (const one of object.nodes) {
    for (const reason of one.refused) all.set(reason, [...(all.get(reason) ?? []), one.node]);
  }
  return [...all];
}

/** Something that can be shown and compared. */
export interface Side {
  readonly id: string;
  readonly node: string;
  readonly kind: "found" | "intended" | "generated" | "earlier";
  readonly generation: number;
  readonly files: Files;
}

/** Everything of a cluster that can be shown and compared, node by node. */
export function sides(cluster: Cluster): Side[] {
  return cluster.nodes.flatMap((node) => {
    if (!node.found || !node.intended) return [];
    const own = (kind: Side["kind"], generation: number, files: Files): Side => ({
      id: `${node.name}/${kind}/${generation}`,
      node: node.name,
      kind,
      generation,
      files,
    });
    const now = node.generation ?? 0;
    return [
      own("found", now, node.found),
      own("intended", now, node.intended),
      ...(node.adopted && node.generated ? [own("generated", now, node.generated)] : []),
      ...(node.earlier ?? []).map((one) => own("earlier", one.generation, one.files)),
    ];
  });
}

/** All files of a side as one text, each under its name; beside another side only those that both kinds hold. */
export function textOf(side: Side, file: string, beside: Side = side): string {
  if (file !== "") return side.files[file] ?? "";
  return Object.keys(side.files)
    .filter((name) => holds(side.kind, name) && holds(beside.kind, name))
    .sort()
    .map((name) => `# ---- ${name}\n${side.files[name]}`)
    .join("\n");
}

/** Nobody pushes nginx.conf, and of earlier generations only the routes are kept. */
function holds(kind: Side["kind"], name: string): boolean {
  return kind === "found" || (kind === "intended" ? name !== "nginx.conf" : name === "routes.conf");
}

/** Routes by host and port, each with its paths. */
export function byHost(routes: readonly Route[]): [string, Route[]][] {
  const hosts = new Map<string, Route[]>();
  for (const route of routes) {
    const host = `${route.host}:${route.port}`;
    hosts.set(host, [...(hosts.get(host) ?? []), route]);
  }
  return [...hosts.entries()].sort(([one], [other]) => one.localeCompare(other));
}

/** The routes of one application as the nodes of a cluster have them. */
export interface ClusterRoutes {
  readonly cluster: string;
  readonly nodes: readonly { readonly name: string; readonly error: string; readonly routes: readonly Route[] }[];
}

/** A route, and on how many nodes it is just so. */
export interface Gathered {
  readonly key: string;
  readonly url: string;
  readonly route: Route;
  readonly nodes: number;
}

/** Where a browser finds it, over TLS where there is a certificate. */
export function addressOf(route: Route): string {
  const [scheme, port, usual] = route.tls ? ["https", route.tls.port, 443] : ["http", route.port, 80];
  return `${scheme}://${route.host}${port === usual ? "" : `:${port}`}${route.path}`;
}

/** Equal routes of all nodes as one; where nodes differ, each state is a line of its own. */
export function gathered(cluster: ClusterRoutes): Gathered[] {
  const found = new Map<string, Gathered>();
  for (const route of cluster.nodes.flatMap((node) => node.routes)) {
    const key = JSON.stringify(route);
    const url = addressOf(route);
    found.set(key, { key, url, route, nodes: (found.get(key)?.nodes ?? 0) + 1 });
  }
  return [...found.values()].sort((one, other) => one.url.localeCompare(other.url));
}

/** A piece of nginx configuration; together they are the text. */
export interface Piece {
  readonly kind: "plain" | "name" | "comment" | "string" | "variable";
  readonly text: string;
}

const PIECES =
  /(#[^\n]*)|("(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*')|(\$\{?\w+\}?)|([;{}])|(\s+)|((?:(?![\s;{}$"'])[^])+|[^])/g;

/** Takes nginx configuration apart for highlighting; never loses a letter. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let begins = true;
  for (const match of text.matchAll(PIECES)) {
    const [whole, comment, string, variable, sign, space] = match;
    if (comment !== undefined) found.push({ kind: "comment", text: whole });
    else if (sign !== undefined || space !== undefined) found.push({ kind: "plain", text: whole });
    else if (begins) found.push({ kind: "name", text: whole });
    else if (string !== undefined) found.push({ kind: "string", text: whole });
    else found.push({ kind: variable === undefined ? "plain" : "variable", text: whole });
    if (sign !== undefined) begins = true;
    else if (space === undefined && comment === undefined) begins = false;
  }
  return found;
}
