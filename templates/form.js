// The form: keeps in this browser what is answered, and makes of it a file that custfocus reads.
'use strict';
{
  const data = JSON.parse(document.getElementById('data').textContent);
  const find = (id) => document.getElementById(id);
  const form = find('form');

  // --- what is answered -----------------------------------------------------------------------

  // Every field of the form by its name; nothing else is kept or handed over.
  const readFields = () => Object.fromEntries(new FormData(form));

  // What no file of answers may hold (custfocus_cli/files/text.py) becomes a blank.
  const UNSAFE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/gu;
  const tidy = (text) => (text || '').replace(/\r\n?/g, '\n').replace(UNSAFE, ' ').trim();
  const NUMBER = /^(0|[1-9][0-9]{0,11})(\.[0-9]{1,2})?$/;

  const findCode = (fields, id) => fields[`answer:${id}`] || '';
  const isReasoned = (fields, id) => findCode(fields, id) !== '' && findCode(fields, id) === data.reasons[id];
  const listOpen = (fields) => data.items.filter((id) => !findCode(fields, id));

  const makeDraw = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(6));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  let draw = makeDraw();

  // --- the file -------------------------------------------------------------------------------

  const isEmpty = (value) =>
    value === undefined || value === '' || (typeof value === 'object' && !Object.keys(value).length);
  // The tree without keys that say nothing.
  const fill = (tree) => Object.fromEntries(Object.entries(tree).filter(([, value]) => !isEmpty(value)));

  const findDay = () => {
    const now = new Date();
    const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
    return parts.map((part, n) => String(part).padStart(n ? 2 : 4, '0')).join('-');
  };

  const makeAnswer = (fields, id) => {
    const code = findCode(fields, id);
    const evidence = fields[`evidence:${id}`];
    return fill({
      answer: code,
      evidence: evidence && data.rated.includes(code) ? Number(evidence) : undefined,
      note: tidy(fields[`note:${id}`]),
      reason: isReasoned(fields, id) ? tidy(fields[`reason:${id}`]) : undefined,
    });
  };

  const listUnder = (fields, start) =>
    Object.entries(fields)
      .filter(([name]) => name.startsWith(start))
      .map(([name, text]) => [name.slice(start.length), tidy(text)]);

  const makeFigure = ([name, text]) => [name, data.numbers.includes(name) && text ? Number(text) : text];

  const makeFile = () => {
    const fields = readFields();
    const { format, questionnaire, organisation, scope, date, mode, respondent } = Object.fromEntries(data.start);
    const answered = data.items.filter((id) => findCode(fields, id));
    const assessment = fill({
      format,
      questionnaire,
      organisation: tidy(organisation || fields.organisation),
      scope: tidy(scope || fields.scope),
      date: date || findDay(),
      mode,
      respondent: fill({ id: draw, role: fields.role, group: fields.group, ...respondent }),
      answers: Object.fromEntries(answered.map((id) => [id, makeAnswer(fields, id)])),
      context: fill(Object.fromEntries(listUnder(fields, 'context:'))),
      figures: fill(Object.fromEntries(listUnder(fields, 'figure:').map(makeFigure))),
    });
    const text = `${JSON.stringify(assessment, null, 2)}\n`;
    return { name: `${data.name}-${assessment.date}-${draw}.json`, text };
  };

  // --- keeping it in the browser --------------------------------------------------------------

  let kept = 'nothing'; // 'nothing', 'here' or 'nowhere'
  let changed = false;

  const keep = () => {
    try {
      localStorage.setItem(data.key, JSON.stringify({ draw, fields: readFields() }));
      kept = 'here';
    } catch {
      kept = 'nowhere';
    }
  };

  const forget = () => {
    try {
      localStorage.removeItem(data.key);
      kept = 'nothing';
    } catch {
      kept = 'nowhere';
    }
  };

  const restore = (text) => {
    try {
      const found = JSON.parse(text);
      draw = /^[0-9a-f]{12}$/.test(found.draw) ? found.draw : draw;
      for (const [name, value] of Object.entries(found.fields)) {
        const field = form.elements.namedItem(name);
        if (field && typeof value === 'string') field.value = value;
      }
      kept = 'here';
    } catch {
      // what another page left here is no answer of ours
    }
  };

  const recall = () => {
    try {
      const text = localStorage.getItem(data.key);
      if (text !== null) restore(text);
      else {
        localStorage.setItem(data.key, ''); // is there room for anything at all?
        localStorage.removeItem(data.key);
      }
    } catch {
      kept = 'nowhere';
    }
  };

  // --- what the page shows --------------------------------------------------------------------

  const KEPT = {
    nothing: '',
    here: ' Saved in this browser.',
    nowhere: ' Not saved: this browser keeps nothing. Hand the answers over before you close the page.',
  };

  let spoken = 0;
  const tell = (fields) => {
    const answered = data.items.length - listOpen(fields).length;
    find('progress').max = data.items.length;
    find('progress').value = answered;
    clearTimeout(spoken); // spoken once the hand rests, not at every key
    const words = `${answered} of ${data.items.length} answered.${KEPT[kept]}`;
    spoken = setTimeout(() => {
      if (find('said').textContent !== words) find('said').textContent = words;
    }, 300);
  };

  const number = (id) => data.items.indexOf(id) + 1;
  const findQuestion = (id) => find(`question:${id}`);
  const say = (id) => `${number(id)}. ${findQuestion(id).querySelector('legend').firstChild.data.trim()}`;
  const goTo = (field) => {
    field.focus();
    field.scrollIntoView({ block: 'center' });
  };
  const firstOf = (id) => findQuestion(id).querySelector('input');

  const makeLink = (text, field) => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = `#${field.id || field.closest('.question').id}`;
    link.textContent = text;
    link.addEventListener('click', (event) => {
      event.preventDefault();
      goTo(field);
    });
    item.append(link);
    return item;
  };

  const unfold = (id, open) => {
    find(`extra:${id}`).classList.toggle('open', open);
    const more = findQuestion(id).querySelector('.more');
    if (more) more.setAttribute('aria-expanded', String(open));
    return more; // in an interview everything stands open
  };

  const showQuestion = (fields, id, n) => {
    const code = findCode(fields, id);
    const reason = find(`reason-of:${id}`);
    if (reason) reason.classList.toggle('open', isReasoned(fields, id));
    find(`meaning:${id}`).textContent = data.meanings[data.meant[n]][code] || '';
    findQuestion(id).querySelector('.clear').hidden = !code;
  };

  const showOpen = (fields) => {
    const open = listOpen(fields);
    const words = open.length === 1 ? 'One question is open' : `${open.length} questions are open`;
    find('open-count').textContent = open.length
      ? `${words}. You can hand over all the same: what is open counts as unknown.`
      : 'Every question is answered.';
    find('open').hidden = !open.length;
    find('open').querySelector('ul').replaceChildren(...open.map((id) => makeLink(say(id), firstOf(id))));
    find('next').hidden = !open.length;
  };

  const refresh = () => {
    const fields = readFields();
    data.items.forEach((id, n) => showQuestion(fields, id, n));
    showOpen(fields);
    tell(fields);
  };

  // --- mistakes -------------------------------------------------------------------------------

  const MISTAKES = {
    organisation: 'Say which organisation this is about.',
    scope: 'Say which part of it this is about.',
    nothing: 'Answer at least one question.',
    reason: 'Say in one sentence why it does not apply.',
    number: 'Write this as digits with at most two decimals, such as 310000 or 99.50.',
  };

  // Pairs of a field and what is wrong with it, in the order of the page.
  const findMistakes = () => {
    const fields = readFields();
    const start = ['organisation', 'scope'].filter((name) => name in fields && !tidy(fields[name]));
    const nothing = listOpen(fields).length === data.items.length ? data.items.slice(0, 1) : [];
    const bare = data.items.filter((id) => isReasoned(fields, id) && !tidy(fields[`reason:${id}`]));
    const figures = listUnder(fields, 'figure:').filter(
      ([name, text]) => data.numbers.includes(name) && text && !NUMBER.test(text),
    );
    return [
      ...start.map((name) => [find(name), MISTAKES[name]]),
      ...nothing.map((id) => [firstOf(id), MISTAKES.nothing]),
      ...bare.map((id) => [find(`reason:${id}`), `Question ${number(id)}: ${MISTAKES.reason}`]),
      ...figures.map(([name]) => [find(`figure:${name}`), MISTAKES.number]),
    ];
  };

  const mark = (field, message) => {
    const place = find(`${field.id}-error`);
    if (!place) return;
    place.textContent = message;
    place.hidden = !message;
    if (message) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  };

  const showMistakes = (found) => {
    form.querySelectorAll('[aria-invalid]').forEach((field) => mark(field, ''));
    const links = found.map(([field, message]) => makeLink(message, field));
    find('mistakes').querySelector('ul').replaceChildren(...links);
    find('mistakes').hidden = !found.length;
    for (const [field, message] of found) mark(field, message);
  };

  // --- handing over ---------------------------------------------------------------------------

  // Runs `hand` on the file, or shows what is in its way. Where it was handed over, nothing is kept.
  const handOver = async (hand) => {
    find('handed').textContent = '';
    const mistakes = findMistakes();
    showMistakes(mistakes);
    if (mistakes.length) {
      goTo(find('mistakes'));
      return;
    }
    const words = await hand(makeFile());
    if (words.done) {
      forget();
      changed = false;
      refresh();
    }
    find('handed').textContent = words.text;
  };

  const save = ({ name, text }) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    return { done: true, text: `The file ${name} is made. Close this page once you see it in your downloads.` };
  };

  // Browsers share text files and refuse others; custfocus reads the one like the other.
  const makeShared = ({ name, text }) => [new File([text], `${name}.txt`, { type: 'text/plain' })];

  const send = async (made) => {
    try {
      await navigator.share({ files: makeShared(made) });
      return { done: true, text: 'The file is handed on. Close this page once you know that it arrived.' };
    } catch (error) {
      const given = error.name === 'AbortError';
      return { done: false, text: given ? 'Not sent.' : 'This browser could not send the file: save it.' };
    }
  };

  const copy = async ({ text }) => {
    find('text-field').hidden = false;
    find('text').value = text;
    try {
      await navigator.clipboard.writeText(text);
      return { done: true, text: 'Copied. Paste the answers into a message, and close this page once it is sent.' };
    } catch {
      find('text').focus();
      find('text').select();
      return { done: false, text: 'Copy the marked text by hand.' };
    }
  };

  // The text of before no longer holds what stands on the page.
  const hideText = () => {
    find('text-field').hidden = true;
    find('text').value = '';
    find('handed').textContent = '';
  };

  const deleteAll = () => {
    if (!confirm('Delete all answers on this page and in this browser?')) return;
    form.reset();
    draw = makeDraw();
    forget();
    changed = false;
    showMistakes([]);
    data.items.forEach((id) => unfold(id, false));
    hideText();
    refresh();
    find('handed').textContent = 'All answers are deleted.';
    goTo(find('top'));
  };

  // --- to begin with --------------------------------------------------------------------------

  const canSend = () => {
    try {
      const files = makeShared({ name: 'a.json', text: '{}' });
      return Boolean(navigator.canShare && navigator.canShare({ files }));
    } catch {
      return false;
    }
  };

  const goToNext = () => {
    const open = listOpen(readFields());
    const here = document.activeElement.closest('.question');
    const at = here ? data.items.indexOf(here.id.slice('question:'.length)) : -1;
    goTo(firstOf(open.find((id) => data.items.indexOf(id) > at) || open[0]));
  };

  const take = () => {
    changed = true;
    keep();
    refresh();
    hideText();
  };

  // Folds what is optional away, where nothing is in it, and makes the buttons work.
  const equip = (id) => {
    const question = findQuestion(id);
    const evidence = form.elements.namedItem(`evidence:${id}`);
    const more = unfold(id, Boolean(find(`note:${id}`).value || (evidence && evidence.value)));
    if (more) more.addEventListener('click', () => unfold(id, more.getAttribute('aria-expanded') !== 'true'));
    question.querySelector('.tools').hidden = false;
    question.querySelector('.clear').addEventListener('click', () => {
      for (const each of question.querySelectorAll('[type=radio]')) each.checked = false;
      firstOf(id).focus();
      take();
    });
  };

  recall();
  document.documentElement.classList.add('live');
  find('needs-script').remove();
  find('end').hidden = false;
  find('bar').hidden = false;
  find('send').hidden = !canSend();
  data.items.forEach(equip);
  refresh();

  form.addEventListener('input', take);
  form.addEventListener('submit', (event) => event.preventDefault());
  find('next').addEventListener('click', goToNext);
  find('save').addEventListener('click', () => handOver(save));
  find('send').addEventListener('click', () => handOver(send));
  find('copy').addEventListener('click', () => handOver(copy));
  find('delete').addEventListener('click', deleteAll);
  addEventListener('storage', (event) => {
    if (event.key !== data.key) return; // what follows happened in another window of this form
    if (event.newValue) restore(event.newValue);
    else kept = 'nothing';
    refresh();
  });
  addEventListener('beforeunload', (event) => {
    if (changed && kept === 'nowhere') event.preventDefault();
  });
}
