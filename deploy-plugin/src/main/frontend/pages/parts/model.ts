/** What the REST of the tab Releases answers; see docs/canary.md. */

export interface Releases {
  readonly application: string;
  readonly mayPromote: boolean;
  readonly mayDeploy: boolean;
  readonly rollouts: readonly Rollout[];
}

export interface Side {
  readonly desired: number;
  readonly ready: number;
  readonly trouble: string;
}

export interface Measurement {
  readonly at: string;
  readonly verdict: string;
  readonly value: number | null;
  readonly text: string;
}

export interface Step {
  readonly word: string;
  readonly text: string;
  readonly state: "done" | "current" | "todo" | "left";
  readonly seconds: number;
  readonly passed: number;
  readonly verdict: string;
  readonly min: number | null;
  readonly max: number | null;
  readonly measurements: readonly Measurement[];
}

export interface Rollout {
  readonly environment: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly known: boolean;
  readonly trouble: string;
  readonly phase: string;
  readonly over: boolean;
  readonly reason: string;
  readonly waitsFor: string;
  readonly image: string;
  readonly imageBefore: string;
  readonly router: string;
  readonly generation: number;
  readonly startedBy: string;
  readonly build: string;
  readonly startedAt: string;
  readonly changedAt: string;
  readonly approvedBy: string;
  readonly weight: number | null;
  readonly matches: readonly string[];
  readonly traffic: string;
  readonly stable: Side | null;
  readonly canary: Side | null;
  readonly steps: readonly Step[];
  readonly verbs: readonly string[];
  readonly set: readonly string[];
  readonly driver: string;
}

export interface SetMember {
  readonly name: string;
  readonly application: string;
  readonly image: string;
  readonly after: readonly string[];
  readonly decision: string;
  readonly gone: boolean;
  readonly approval: boolean;
  readonly rollout: Rollout;
}

/** What may be a member of a new release set. */
export interface SetPlace {
  readonly application: string;
  readonly environments: readonly string[];
}

export interface ReleaseSet {
  readonly application: string;
  readonly environment: string;
  readonly known: boolean;
  readonly trouble: string;
  readonly phase: string;
  readonly reason: string;
  readonly startedBy: string;
  readonly build: string;
  readonly mayPromote: boolean;
  readonly mayDeploy: boolean;
  readonly over: boolean;
  readonly places: readonly SetPlace[];
  readonly members: readonly SetMember[];
  readonly verbs: readonly string[];
}
