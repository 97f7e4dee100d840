/* What the API is told of the house's state, for /readyz and /metrics. */
export type Stats = {
  readonly outboxRows: number;
  readonly outboxAgeMs: number;
  readonly quarantined: number;
  readonly lateTimers: number;
  readonly parked: number;
  readonly jobsDue: number;
  readonly jobsLapsed: number;
  readonly texts: readonly {
    readonly status: string;
    /** The carrier's, where it gave one. */
    readonly code: number | null;
    readonly texts: number;
  }[];
};

export type Health = {
  /** Whether the database answers now. */
  readonly isDatabaseUp: () => Promise<boolean>;
  /** Rejects when the database is away. */
  readonly stats: () => Promise<Stats>;
  readonly smsPaused: boolean;
};
