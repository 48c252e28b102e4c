/** A form or serializer that is used though nobody has asked it whether its data is valid, or nobody listened. */
import type { FileView, RequestFormView } from "../../analysis/index.ts";
import { defineRule, type ReportFix } from "../../lint/rule.ts";
import { guardFixes } from "../../lint/schemas/guard.ts";

export const rule = defineRule({
  id: "request/unchecked-schema",
  summary: "A form or serializer is used without a look at whether its data is valid",
  severity: "warning",
  docs: {
    why: "A form knows what is wrong with the data it was given, but only says so when asked. Where nobody asks, or the answer is dropped, the code goes on with data that was rejected: the save fails halfway as a 500, or fields are missing further on.",
    instead:
      "Let the check raise (`is_valid(raise_exception=True)`), or test what it says and answer the client with the errors.",
    bad: `from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView


class OrderSerializer(serializers.Serializer):
    price = serializers.DecimalField(max_digits=8, decimal_places=2)


class Orders(APIView):
    def post(self, request):
        serializer = OrderSerializer(data=request.data)
        serializer.is_valid()
        serializer.save()
        return Response(status=201)
`,
    good: `from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView


class OrderSerializer(serializers.Serializer):
    price = serializers.DecimalField(max_digits=8, decimal_places=2)


class Orders(APIView):
    def post(self, request):
        serializer = OrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        serializer.save()
        return Response(status=201)
`,
    silentWhen: [
      "what the check says is tested, kept, returned or handed on, or the errors are looked at",
      "the form is handed to code of the project or kept in an attribute: it may be checked there",
      "it was not made of data from a request (`Serializer(order)` for output)",
      "a check stands before the use on some path, even where its answer does not guard that use",
    ],
  },
  options: {},
  on: "function",
  *check(fn) {
    for (const form of fn.requestForms()) {
      const [first] = form.uses;
      if (!first) continue;
      const { dropped } = form;
      const message = dropped
        ? `what ${dropped.text} says is dropped; ${first.text} goes on with data that may have been rejected`
        : `${first.text} takes data from the client that was never checked: nobody has asked whether it is valid`;
      yield {
        at: (dropped ?? first).span,
        message,
        confidence: "certain",
        path: dropped ? [form.made, ...form.uses] : [form.made, ...form.uses.slice(1)],
        fixes: form.check === null ? guardFixes(form, fn, fn.file) : fixes(form, fn.file),
      };
    }
  },
});

function fixes(form: RequestFormView, { path, text }: FileView): readonly ReportFix[] {
  const { dropped, check, made } = form;
  const raising = dropped?.raising;
  if (raising) {
    const edits = () => [{ file: path, span: { start: raising.at, end: raising.at }, text: raising.text }];
    return [{ title: `Let it raise: ${raising.text}`, safe: false, edits }];
  }
  if (dropped || check === null) return [];
  const before = text.slice(text.lastIndexOf("\n", made.span.start - 1) + 1, made.span.start);
  const [, indent, name] = /^([ \t]*)(\w+) = $/.exec(before) ?? [];
  // The whole of a statement that gives the form a name: behind it is room for another.
  if (name === undefined || !/^[ \t]*(#.*)?(\r?\n|$)/.test(text.slice(made.span.end))) return [];
  const end = text.indexOf("\n", made.span.end);
  if (end < 0) return [];
  const edits = () => [{ file: path, span: { start: end, end }, text: `\n${indent}${name}.${check}` }];
  return [{ title: `Check it first: ${name}.${check}`, safe: false, edits }];
}
