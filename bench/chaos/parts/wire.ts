/*
 * PostgreSQL's wire protocol, as much as it takes to tell one statement from the next and to put another
 * in its place (protocol 3.0: https://www.postgresql.org/docs/current/protocol-message-formats.html).
 */

/** What a client sends in one breath: everything up to and including a Sync, a Flush or a simple query. */
export type Group = {
  readonly bytes: Buffer;
  /** The statement in it, where it says or has said before which one it is. */
  readonly sql: string;
  /** It ends in a Flush: on an error the client will send a Sync of its own. */
  readonly isFlushed: boolean;
  /** It is a Sync alone. */
  readonly isSync: boolean;
};

export type Framer = {
  /** Groups that are complete with these bytes; what is no group yet is kept. */
  readonly take: (bytes: Buffer) => readonly Group[];
};

const ENDS = { S: true, H: true, Q: true, p: true, X: true } as const;

export function createFramer(): Framer {
  const statements = new Map<string, string>();
  let rest: Buffer = Buffer.alloc(0);
  let hasStarted = false;
  let open: Buffer[] = [];
  let sql = '';
  const read = (type: string, body: Buffer): void => {
    if (type === 'Q') sql = textAt(body, 0);
    if (type === 'P') {
      const name = textAt(body, 0);
      sql = textAt(body, Buffer.byteLength(name) + 1);
      statements.set(name, sql);
    }
    if (type === 'B') {
      const portal = textAt(body, 0);
      sql = statements.get(textAt(body, Buffer.byteLength(portal) + 1)) ?? sql;
    }
  };
  const close = (type: string): Group => {
    const group = {
      ...{ bytes: Buffer.concat(open), sql, isFlushed: type === 'H' },
      isSync: type === 'S' && open.length === 1,
    };
    open = [];
    sql = '';
    return group;
  };
  return {
    take: (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      const groups: Group[] = [];
      for (;;) {
        // The first message of a connection has no type.
        const head = hasStarted ? 1 : 0;
        if (rest.length < head + 4) return groups;
        const length = head + rest.readUInt32BE(head);
        if (rest.length < length) return groups;
        const type = hasStarted ? String.fromCharCode(rest[0] ?? 0) : 'p';
        const message = rest.subarray(0, length);
        read(type, message.subarray(head + 4));
        open.push(message);
        rest = rest.subarray(length);
        hasStarted = true;
        if (type in ENDS) groups.push(close(type));
      }
    },
  };
}

const textAt = (body: Buffer, from: number): string =>
  body.toString('utf8', from, Math.max(from, body.indexOf(0, from)));

/** A simple query. */
export function simpleQuery(sql: string): Buffer {
  const text = Buffer.from(`${sql}\0`);
  const head = Buffer.alloc(5);
  head.write('Q');
  head.writeUInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}

/** A statement that PostgreSQL itself refuses with this SQLSTATE. */
export const refusal = (sqlState: string): string =>
  `do $$ begin raise exception 'chaos' using errcode = '${sqlState}'; end $$`;
