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

  // Without what is empty: a key without a value says nothing.
  const fill = (tree) =>
    Object.fromEntries(
      Object.entries(tree).filter(([, value]) => value !== '' && value !== undefined && Object.keys(Object(value)).length !== 0 || typeof value === 'number'),
    );

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
    const { format, questionnaire, organisation, scope, date, mode, respondent } = data.start;
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
    return { name: `${data.name}-${assessment.date}-${draw}.json`, text: `${JSON.stringify(assessment, null, 2)}\n` };
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
    nowhere: ' Not saved: this browser keeps nothing, so hand the answers over before you close the page.',
  };

  let spoken = 0;
  const tell = (fields) => {
    const answered = data.items.length - listOpen(fields).length;
    find('progress').max = data.items.length;
    find('progress').value = answered;
    clearTimeout(spoken); // spoken once the hand rests, not at every key
    const words = `${answered} of ${data.items.length} answered.${KEPT[kept]}`;
    spoken = setTimeout(() => { if (find('said').textContent !== words) find('said').textContent = words; }, 300);
  };

  const number = (id) => data.items.indexOf(id) + 1;
  const say = (id) => `Question ${number(id)}: ${find(`question:${id}`).querySelector('legend').firstChild.data.trim()}`;
  const goTo = (field) => {
    field.focus();
    field.scrollIntoView({ block: 'center' });
  };
  const firstOf = (id) => find(`question:${id}`).querySelector('input');

  const makeLink = (text, field) => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = `#${field.closest('fieldset, .field').id || field.id}`;
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
    find(`question:${id}`).querySelector('.more').setAttribute('aria-expanded', String(open));
  };

  const showQuestion = (fields, id, n) => {
    const code = findCode(fields, id);
    const reason = find(`reason-of:${id}`);
    if (reason) reason.classList.toggle('open', isReasoned(fields, id));
    find(`meaning:${id}`).textContent = data.meanings[data.meant[n]][code] || '';
    const clear = find(`question:${id}`).querySelector('.clear');
    if (clear.hidden !== !code) clear.hidden = !code;
  };

  const showOpen = (fields) => {
    const open = listOpen(fields);
    const words = open.length === 1 ? 'One question is open' : `${open.length} questions are open`;
    find('open-count').textContent = open.length ? `${words}. You can hand over all the same: what is open counts as unknown.` : 'Every question is answered.';
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

  // Pairs of a field and what is wrong with it.
  const findMistakes = () => {
    const fields = readFields();
    const found = [];
    for (const name of ['organisation', 'scope']) {
      if (name in fields && !tidy(fields[name])) found.push([find(name), 'Say which organisation and which part of it this is about.']);
    }
    if (listOpen(fields).length === data.items.length) found.push([firstOf(data.items[0]), 'Answer at least one question.']);
    for (const id of data.items) {
      if (isReasoned(fields, id) && !tidy(fields[`reason:${id}`])) found.push([find(`reason:${id}`), 'Say in one sentence why it does not apply.']);
    }
    for (const [name, text] of listUnder(fields, 'figure:')) {
      if (data.numbers.includes(name) && text && !NUMBER.test(text)) found.push([find(`figure:${name}`), 'Write this as digits with at most two decimals, such as 310000 or 99.50.']);
    }
    return found;
  };

  const mark = (field, message) => {
    const place = find(`${field.id}-error`);
    if (!place) return;
    place.textContent = message;
    place.hidden = !message;
    if (message) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  };

  const nameMistake = ([field, message]) => {
    const question = field.closest('.question');
    return makeLink(question && find(`${field.id}-error`) ? `Question ${number(question.id.slice('question:'.length))}: ${message}` : message, field);
  };

  const showMistakes = (found) => {
    find('mistakes').querySelector('ul').replaceChildren(...found.map(nameMistake));
    find('mistakes').hidden = !found.length;
    for (const [field, message] of found) mark(field, message);
  };

  // --- handing over ---------------------------------------------------------------------------

  // Runs `hand` on the file, or shows what is in its way. Where it was handed over, nothing is kept.
  const handOver = async (hand) => {
    find('handed').textContent = '';
    form.querySelectorAll('[aria-invalid]').forEach((field) => mark(field, ''));
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
    return { done: true, text: `The file ${name} is made. Look into your downloads, and close this page once you have it.` };
  };

  // Browsers share text files and refuse others; custfocus reads the one like the other.
  const makeShared = ({ name, text }) => [new File([text], `${name}.txt`, { type: 'text/plain' })];

  const send = async (made) => {
    try {
      await navigator.share({ files: makeShared(made) });
      return { done: true, text: 'The file is handed on. Close this page once you know that it arrived.' };
    } catch (error) {
      return { done: false, text: error.name === 'AbortError' ? 'Not sent.' : 'This browser could not send the file. Save it instead.' };
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

  const deleteAll = () => {
    if (!confirm('Delete all answers on this page and in this browser?')) return;
    form.reset();
    draw = makeDraw();
    forget();
    changed = false;
    showMistakes([]);
    data.items.forEach((id) => unfold(id, false));
    find('text-field').hidden = true;
    find('text').value = '';
    refresh();
    find('handed').textContent = 'All answers are deleted.';
    goTo(find('top'));
  };

  // --- to begin with --------------------------------------------------------------------------

  const canSend = () => {
    try {
      return Boolean(navigator.canShare && navigator.canShare({ files: makeShared({ name: 'a.json', text: '{}' }) }));
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

  const equip = (id) => {
    const question = find(`question:${id}`);
    const note = find(`note:${id}`);
    const evidence = form.elements.namedItem(`evidence:${id}`);
    question.querySelector('.tools').hidden = false;
    question.querySelector('.more').addEventListener('click', () => unfold(id, !find(`extra:${id}`).classList.contains('open')));
    question.querySelector('.clear').addEventListener('click', () => {
      question.querySelectorAll('input[type=radio]').forEach((each) => { each.checked = false; });
      firstOf(id).focus();
      take();
    });
    unfold(id, Boolean(note.value || (evidence && evidence.value)));
  };

  const take = () => {
    changed = true;
    keep();
    refresh();
    find('handed').textContent = '';
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
    if (event.key !== data.key || !event.newValue) return; // the same form in another window
    restore(event.newValue);
    refresh();
  });
  addEventListener('beforeunload', (event) => {
    if (changed && kept === 'nowhere') event.preventDefault();
  });
}
