import assert from "node:assert/strict";
import { UserError } from "../../../src/errors";
import { parseConfig } from "../../../src/ponet/config";

const valid = {
  model_type: "ponet",
  vocab_size: 100,
  hidden_size: 8,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  intermediate_size: 16,
  max_position_embeddings: 32,
  type_vocab_size: 2,
  hidden_act: "gelu",
  layer_norm_eps: 1e-12,
};

function refused(change: Record<string, unknown>, pattern: RegExp): void {
  assert.throws(
    () => parseConfig(JSON.stringify({ ...valid, ...change }), "config.json"),
    (error) => error instanceof UserError && error.message.startsWith('"config.json"') && pattern.test(error.message),
  );
}

describe("config.json", () => {
  it("takes Hugging Face's layout, with keys it does not use beside it", () => {
    const config = parseConfig(
      JSON.stringify({ ...valid, hidden_dropout_prob: 0.1, id2label: { 0: "no", 1: "yes" } }),
      "f",
    );
    assert.equal(config.hiddenSize, 8);
    assert.equal(config.clsgsepg, true);
    assert.deepEqual(config.labels, ["no", "yes"]);
  });

  it("names labels by their numbers, also of two digits", () => {
    const id2label = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [i, `label ${i}`]));
    const { labels } = parseConfig(JSON.stringify({ ...valid, id2label }), "f");
    assert.deepEqual(labels, Object.values(id2label));
  });

  it("takes a PoNet that was saved as a model of type bert, but no BERT", () => {
    const bert = { ...valid, model_type: "bert", architectures: ["PoNetForSequenceClassification"] };
    assert.equal(parseConfig(JSON.stringify(bert), "f").layers, 2);
    refused({ model_type: "bert", architectures: ["BertForSequenceClassification"] }, /"model_type"/);
  });

  it("refuses a value it does not know, naming the key", () => {
    refused({ hidden_act: "swish" }, /"hidden_act"/);
    refused({ model_type: "bert" }, /"model_type"/);
    refused({ position_embedding_type: "rotary" }, /"position_embedding_type"/);
    refused({ hidden_size: "8" }, /"hidden_size"/);
    refused({ num_hidden_layers: undefined }, /"num_hidden_layers"/);
  });

  it("refuses what is scored otherwise than one label among several", () => {
    for (const problem_type of ["multi_label_classification", "regression"]) {
      refused(
        { problem_type },
        new RegExp(`the problem_type "${problem_type}", .* of "single_label_classification"\\.$`),
      );
    }
    for (const problem_type of [null, "single_label_classification"]) {
      assert.equal(parseConfig(JSON.stringify({ ...valid, problem_type }), "f").layers, 2);
    }
  });

  it("refuses a label that is named twice", () => {
    refused({ id2label: { 0: "a", 1: "b", 2: "a" } }, /"id2label" \(names a label twice\)/);
  });

  it("refuses labels whose numbers are not those of the logits", () => {
    for (const id2label of [
      { 1: "a", 2: "b" },
      { 0: "a", 2: "b" },
      { pos: "a", neg: "b" },
    ]) {
      refused({ id2label }, /"id2label" \(does not number its labels from 0\)/);
    }
  });

  it("refuses heads that do not divide the channels", () => {
    refused({ num_attention_heads: 3 }, /3 heads, which do not divide 8 channels/);
  });

  it("refuses what is not JSON", () => {
    assert.throws(() => parseConfig("{", "config.json"), /not valid JSON/);
  });
});
