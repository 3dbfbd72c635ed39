/** What api/json of the projects page and of what is below it gives. */
export interface Phase {
  readonly name: string;
  readonly state: "running" | "done" | "failed";
  readonly millis: number;
}

export interface Image {
  readonly name: string;
  readonly tags: readonly string[];
  readonly digest: string;
  readonly reference: string;
  readonly commit: string;
  readonly size: number;
  /** Components of its SBOM; null when it has none. */
  readonly components: number | null;
  /** With registry; `scratch` for nothing, empty when it is not known. */
  readonly baseName: string;
  readonly baseDigest: string;
}

export interface Quality {
  readonly gate: string;
  readonly projectKey: string;
  readonly failed: readonly string[];
  readonly dashboard: string;
}

export interface RunFacts {
  readonly number: number;
  readonly url: string;
  readonly buildUrl: string;
  readonly building: boolean;
  readonly result: string;
  readonly startedAt: string;
  readonly duration: number;
  readonly causes: readonly string[];
  readonly phases: readonly Phase[];
  readonly image: Image | null;
  readonly quality: Quality | null;
  readonly measures: Readonly<Record<string, string>>;
  readonly exclusions: readonly string[];
}

export interface Commits {
  readonly build: number;
  readonly before: string;
  readonly state: "listed" | "apart" | "shallow" | "unknown" | "failed";
  readonly list: readonly { readonly hash: string; readonly subject: string; readonly author: string }[];
  readonly more: number;
}

export interface Run extends RunFacts {
  readonly previous: RunFacts | null;
  /** Since the build before that made an image of the same name; null where nothing is known of that. */
  readonly commits: Commits | null;
  /** Where this image can be deployed from; empty for nowhere. */
  readonly deployUrl: string;
  readonly layers: readonly { readonly digest: string; readonly size: number }[];
}

export interface ProjectLine {
  readonly name: string;
  readonly url: string;
  readonly gate: string;
  readonly image: string;
  readonly last: RunFacts | null;
}

export interface Project extends ProjectLine {
  readonly jobUrl: string;
  readonly script: string;
  readonly byHand: boolean;
  readonly agent: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly triggers: Readonly<Record<string, unknown>>;
  readonly webhook: string;
  readonly can: Readonly<Record<"build" | "change" | "remove" | "stop", boolean>>;
  readonly runs: readonly RunFacts[];
}

export interface Projects {
  readonly tenant: string;
  readonly title: string;
  readonly tenantUrl: string;
  readonly canCreate: boolean;
  readonly registries: readonly string[];
  readonly sonarServers: readonly string[];
  readonly otherJobs: readonly string[];
  readonly projects: readonly ProjectLine[];
}

export interface Written {
  readonly url: string;
}
