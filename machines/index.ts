/* The charts there are. The last of an id is its live version; superseded ones that still run stay before it. */
import * as addPeople from './add-people.machine.ts';
import * as crewCreation from './crew-creation.machine.ts';
import * as crewUpdate from './crew-update.machine.ts';
import * as eventChange from './event-change.machine.ts';
import * as eventCreation from './event-creation.machine.ts';
import * as eventInvitation from './event-invitation.machine.ts';
import * as finalize from './finalize.machine.ts';
import * as gathering from './gathering.machine.ts';
import type { ChartModule } from './kit.ts';
import * as notice from './notice.machine.ts';
import * as phoneLine from './phone-line.machine.ts';
import * as push from './push.machine.ts';
import * as reminder from './reminder.machine.ts';
import * as session from './session.machine.ts';
import * as syncupCreation from './syncup-creation.machine.ts';
import * as syncupGathering from './syncup-gathering.machine.ts';
import * as syncupInvitation from './syncup-invitation.machine.ts';
import * as text from './text.machine.ts';

export const charts = [
  session,
  crewCreation,
  crewUpdate,
  eventCreation,
  syncupCreation,
  addPeople,
  reminder,
  finalize,
  eventChange,
  gathering,
  eventInvitation,
  syncupGathering,
  syncupInvitation,
  text,
  phoneLine,
  notice,
  push,
] satisfies readonly ChartModule[];
