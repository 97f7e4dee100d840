/**
 * The page of phones as HTML, whole without the script. The script puts the same conversations in as
 * they change, so that there is one place where texts become HTML.
 */
import type { CarrierMessage } from '../memory.ts';
import type { Conversation } from './conversations.ts';
import { type Html, html } from './html.ts';

export type PageFacts = {
  readonly conversations: readonly Conversation[];
  /** Of the memory: the script asks for what is newer. */
  readonly version: number;
  /** What became of a reply that was sent without the script. */
  readonly said: string;
};

/** The longest text that Twilio takes. */
export const MAX_TEXT = 1_600;

export function renderPage({ conversations, version, said }: PageFacts): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Phones · local carrier</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/phones.css">
<script src="/phones.js" defer></script>
</head>
<body>
<header>
<h1>Phones</h1>
<p>What the local carrier took for each phone. No text has left this machine.</p>
<p id="said" role="status">${said}</p>
</header>
<main>
<section id="phones" data-version="${version}" aria-label="Conversations">${conversations.map(renderConversation)}</section>
<p class="nothing">No phone has been texted yet.</p>
${newPhone()}
</main>
</body>
</html>
`.html;
}

/** One phone: what was written both ways, and where to type a reply. */
export function renderConversation(conversation: Conversation): Html {
  const { phone, ourNumber, texts, latest } = conversation;
  const id = idOf(phone);
  return html`<article id="${id}" data-latest="${latest}" aria-labelledby="${id}-name">
<h2 id="${id}-name">${phone}</h2>
<div class="log" role="log" aria-labelledby="${id}-name" tabindex="0"><ol>${texts.map(renderText)}</ol></div>
<form method="post" action="/replies">
<input type="hidden" name="from" value="${phone}">
<input type="hidden" name="to" value="${ourNumber}">
<label for="${id}-reply">Reply as ${phone}</label>
<div class="line">${bodyInput(`${id}-reply`)}<button>Send</button></div>
</form>
</article>`;
}

const newPhone = (): Html => html`<form class="new" method="post" action="/replies">
<h2>Write from another phone</h2>
<label for="new-from">Its number, like +14155550111</label>
<input id="new-from" name="from" type="tel" required maxlength="200" autocomplete="off">
<label for="new-body">Its text</label>
<div class="line">${bodyInput('new-body')}<button>Send</button></div>
</form>`;

const bodyInput = (id: string): Html =>
  html`<input id="${id}" name="body" required maxlength="${MAX_TEXT}" autocomplete="off">`;

function renderText(message: CarrierMessage): Html {
  const { sid, direction, body, createdAt } = message;
  const side = direction === 'inbound' ? 'theirs' : 'ours';
  const at = new Date(createdAt);
  const time = at.toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' });
  return html`<li id="text-${sid}" class="${side}">
<p class="body">${body}</p>
<p class="facts">${whoWrote(message)} · <time datetime="${at.toISOString()}">${time}</time> · <span class="status">${statusOf(message)}</span></p>
</li>`;
}

function whoWrote({ direction, from, confirmation }: CarrierMessage): string {
  if (direction === 'inbound') return 'phone';
  return confirmation === null ? from : 'the carrier itself';
}

const statusOf = ({ status, errorCode, segments }: CarrierMessage): string =>
  [
    errorCode === null ? status : `${status} (${errorCode})`,
    ...(segments > 1 ? [`${segments} segments`] : []),
  ].join(' · ');

/** Any string can be a phone here, and not any string an id. */
const idOf = (phone: string): string => `phone-${Buffer.from(phone).toString('hex')}`;
