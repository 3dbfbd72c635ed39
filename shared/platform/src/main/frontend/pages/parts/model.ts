/** What the REST of the platform answers; see docs/rest.md. */
import type { Tone, Unit } from "@shera/kit";

/** Verbs the reader may use here. */
export type Can = Readonly<
  Record<
    "view" | "build" | "deploy" | "promote" | "route" | "alert" | "logs" | "terminal" | "package" | "administer",
    boolean
  >
>;

/** Something stored that no longer fits, with the way to put it right. */
export interface Trouble {
  readonly where: string;
  readonly why: string;
  readonly next: string;
}

/** One thing an administrator sets up on the way to the first application; `url` is empty while something before it is missing. */
export interface FirstStep {
  readonly id: string;
  readonly title: string;
  readonly purpose: string;
  readonly needed: boolean;
  readonly done: boolean;
  readonly url: string;
}

/** A server the platform talks to, with what was last heard of it. */
export interface Connection {
  readonly kind: string;
  readonly kindTitle: string;
  readonly name: string;
  readonly address: string;
  readonly state: "up" | "down" | "unknown";
  readonly message: string;
  readonly since: string | null;
  readonly askedAt: string | null;
  readonly certificateUntil: string | null;
}

export interface Console {
  readonly canAdminister: boolean;
  readonly firstSteps?: readonly FirstStep[];
  readonly tenants: readonly TenantLine[];
  readonly problems: readonly Trouble[];
}

export interface TenantLine {
  readonly id: string;
  readonly title: string;
  readonly folder: string;
  readonly url: string;
  readonly applicationCount: number;
}

export interface Change {
  readonly at: string;
  readonly kind: string;
  readonly title: string;
  readonly actor: string;
}

export interface ApplicationLine {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly environments: readonly string[];
  /** Absent where nobody is signed in. */
  readonly favourite?: boolean | null;
  readonly lastChange: Change | null;
}

export interface Tenant {
  readonly id: string;
  readonly title: string;
  readonly displayName: string;
  readonly displayNameZh: string;
  readonly folder: string;
  readonly folderUrl: string | null;
  readonly url: string;
  readonly clusters: readonly string[];
  readonly registries: readonly string[];
  readonly namespaces: readonly { readonly cluster: string; readonly namespace: string }[];
  readonly quota: Readonly<Record<Resource, string>>;
  readonly grantedJobs: readonly string[];
  readonly storageClasses: readonly string[];
  /** When no release may begin; `until` is null while one does not hold. */
  readonly freezes: readonly {
    readonly name: string;
    readonly environments: string;
    readonly holding: boolean;
    readonly until: string | null;
  }[];
  readonly version: number;
  readonly can: Can;
  readonly applications: readonly ApplicationLine[];
  /** Pages of plugins about this tenant. */
  readonly pages?: readonly { readonly id: string; readonly title: string; readonly url: string }[];
}

export type Resource = "cpu" | "memory" | "pods" | "storage";

export interface Figures {
  readonly asked: number | null;
  readonly used: number | null;
  readonly allowed: number | null;
}

export interface Use {
  readonly namespaces: readonly ({
    readonly cluster: string;
    readonly namespace: string;
    readonly error: string;
  } & Readonly<Record<Resource, Figures | null>>)[];
  readonly total: Readonly<Record<Resource, Figures | null>>;
}

/** One application in one environment as the cluster has it now. */
export interface Running {
  readonly application: string;
  readonly environment: string;
  /** Empty strings stand for nothing. */
  readonly image: string;
  readonly digest: string;
  readonly quality: string;
  readonly state: string;
  readonly why: string;
  readonly ready: number | null;
  readonly desired: number | null;
  readonly restarts: number | null;
  /** Pages elsewhere. */
  readonly links?: readonly { readonly title: string; readonly url: string }[];
}

export interface Environment {
  readonly name: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly policy: {
    readonly requirePromote: boolean;
    readonly requireApproval?: boolean;
    readonly podSecurity: string;
    readonly images: string;
    readonly warnOnly: boolean;
    readonly terminal?: {
      readonly builds: boolean;
      readonly containers: readonly string[];
      readonly requireReason: boolean;
      readonly requireApproval: boolean;
      readonly record: boolean;
    };
  };
  readonly values: readonly { readonly name: string; readonly value: string }[];
}

export interface Application {
  readonly name: string;
  readonly title: string;
  readonly displayName: string;
  readonly description: string;
  readonly repository: string;
  readonly tenant: string;
  readonly url: string;
  readonly environments: readonly Environment[];
  readonly version: number;
  readonly can: Can;
  /** Where the reader may go to do something. */
  readonly actions?: readonly { readonly id: string; readonly title: string; readonly url: string }[];
  readonly tabs: readonly {
    readonly id: string;
    readonly title: string;
    readonly icon: string;
    readonly url: string;
  }[];
}

export interface TimelineEntry {
  readonly id: number;
  readonly at: string;
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  readonly actor: string;
  readonly environment: string;
  readonly links: readonly { readonly text: string; readonly url: string }[];
}

export interface TimelinePage {
  readonly entries: readonly TimelineEntry[];
  /** What to ask for next as `before`; null at the end. */
  readonly next: number | null;
}

export interface Cluster {
  readonly id: string;
  readonly server: string;
  readonly caCertificate: string;
  readonly credentialsId: string;
  readonly impersonation: boolean;
  readonly insecure: boolean;
  readonly debugImage: string;
  readonly tenantAccess: readonly { readonly tenant: string; readonly credentialsId: string }[];
  readonly version: number;
  readonly url: string;
}

export interface Registry {
  readonly id: string;
  readonly address: string;
  readonly pullAddress: string;
  readonly credentialsId: string;
  readonly insecure: boolean;
  readonly caCertificate: string;
  readonly version: number;
  readonly url: string;
}

/** A cloud of the Kubernetes plugin whose cluster is not set up here. */
export interface Cloud {
  readonly name: string;
  readonly server: string;
  readonly caCertificate: string;
  readonly credentialsId: string;
  readonly insecure: boolean;
}

export interface Platform {
  readonly clouds?: readonly Cloud[];
  readonly connections?: readonly Connection[];
  readonly canAdminister: boolean;
  readonly clusters: readonly Cluster[];
  readonly registries: readonly Registry[];
  readonly problems: readonly Trouble[];
  readonly versions?: readonly { readonly name: string; readonly version: string }[];
}

export interface AuditEntry {
  readonly id: number;
  readonly at: string;
  readonly who: string;
  readonly from: string;
  readonly what: string;
  readonly subject: string;
  readonly tenant: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly outcome: "done" | "refused" | "failed";
  /** The reason of a refusal or failure. */
  readonly why: string;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** What to ask for next as `before`; null at the end. */
  readonly next: number | null;
  readonly damagedLines: number;
}

/** What a write answers. */
export interface Written {
  readonly ok: true;
  readonly url: string;
  readonly version: number;
}

/** One thing that belongs to an application, as a plugin tells it. */
export interface GlanceLine {
  readonly tab: string;
  readonly title: string;
  readonly url: string;
  readonly detail: string;
  readonly state: string;
  readonly tone: Tone;
}

/** How a measure went in the last hour; null where nothing was measured. */
export interface GlanceFigure {
  readonly tab: string;
  readonly environment: string;
  readonly title: string;
  readonly unit: Unit | "percent" | "seconds";
  readonly points: readonly (number | null)[];
  readonly bound: number | null;
}

/** What the plugins tell of an application; the tabs in `silent` did not answer. */
export interface Glance {
  readonly lines: readonly GlanceLine[];
  readonly figures: readonly GlanceFigure[];
  readonly silent: readonly string[];
}
