// What survey-core makes of a survey: the errors it finds, and what stands on the screen when each
// question has its last answer. Called with the path of survey-core and that of the survey.
"use strict";

const fs = require("node:fs");
const { Model } = require(process.argv[2]);

const survey = new Model(JSON.parse(fs.readFileSync(process.argv[3], "utf8")));
const errors = (survey.jsonErrors || []).map((error) => error.message);
const asked = survey.getAllQuestions();
const hidden = asked.filter((question) => !question.isVisible).map((question) => question.name);
for (const question of asked) {
  if (question.choices) question.value = question.choices[question.choices.length - 1].value;
}
const questions = asked
  .filter((question) => question.getType() !== "html")
  .map((question) => ({
    name: question.name,
    title: question.locTitle.renderedHtml,
    choices: (question.choices || []).map((choice) => [choice.value, choice.locText.renderedHtml]),
    shown: question.isVisible,
    required: question.isRequired,
  }));
const pages = survey.pages.map((page) => page.locTitle.renderedHtml);
process.stdout.write(JSON.stringify({ errors, hidden, questions, pages, data: survey.data }));
