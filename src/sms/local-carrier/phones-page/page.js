/*
 * Keeps the page of phones as it is now, without reloading it: what somebody types, and where, stays.
 * The server has made the HTML, with every text escaped.
 */
const list = document.querySelector('#phones');
const said = document.querySelector('#said');

const UNREACHABLE = 'The local carrier does not answer; trying again.';

function show(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  const fresh = template.content.firstElementChild;
  const card = document.getElementById(fresh.id);
  if (card === null) {
    list.append(fresh);
    scrollDown(fresh);
    return;
  }
  card.dataset.latest = fresh.dataset.latest;
  card.querySelector('[name=to]').value = fresh.querySelector('[name=to]').value;
  const log = card.querySelector('.log');
  const wasDown = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  for (const text of [...fresh.querySelectorAll('li')]) {
    const known = document.getElementById(text.id);
    if (known === null) log.firstElementChild.append(text);
    // A text that says the same is not read out again.
    else if (!known.isEqualNode(text)) known.replaceWith(text);
  }
  if (wasDown) scrollDown(card);
}

function scrollDown(card) {
  const log = card.querySelector('.log');
  log.scrollTop = log.scrollHeight;
}

/** The newest first. Whoever has the focus is not moved, as that would end the typing: the others are. */
function sort() {
  const cards = [...list.children].sort((a, b) => b.dataset.latest - a.dataset.latest);
  if (cards.every((card, index) => card === list.children[index])) return;
  const fixed = cards.findIndex((card) => card.contains(document.activeElement));
  if (fixed === -1) {
    list.append(...cards);
  } else {
    cards[fixed].before(...cards.slice(0, fixed));
    cards[fixed].after(...cards.slice(fixed + 1));
  }
}

function follow() {
  const source = new EventSource(`/phones/changes?since=${list.dataset.version}`);
  source.addEventListener('phones', ({ data }) => {
    for (const html of JSON.parse(data)) show(html);
    sort();
  });
  source.addEventListener('anew', () => location.reload());
  source.addEventListener('error', () => {
    said.textContent = UNREACHABLE;
  });
  source.addEventListener('open', () => {
    if (said.textContent === UNREACHABLE) said.textContent = '';
  });
}

async function send(form) {
  const { body } = form.elements;
  const fields = new URLSearchParams(new FormData(form));
  const typed = body.value;
  body.value = '';
  const answer = await fetch('/replies', {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: fields,
  }).catch(() => undefined);
  const told = await answer?.json().catch(() => undefined);
  said.textContent = told?.said ?? UNREACHABLE;
  const isTaken = answer?.ok || answer?.status === 502;
  if (!isTaken && body.value === '') body.value = typed;
}

document.addEventListener('submit', (event) => {
  event.preventDefault();
  send(event.target);
});
for (const card of list.children) scrollDown(card);
follow();
