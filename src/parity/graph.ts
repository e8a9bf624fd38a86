import type { PoNetConfig } from "../ponet/config";
import { linear, type Build } from "../ponet/blocks";
import { encoder, type Encoder } from "../ponet/encoder";
import { arenaHead, clsPooler, maskedLanguageHead } from "../ponet/heads";
import { Graph, type Value } from "../ponet/onnx/graph";
import type { Safetensors } from "../ponet/safetensors";

/** The encoder of the product with every tensor on the way made an output, named as the golden tensors are. */
export function parityGraph(config: PoNetConfig, weights: Safetensors): Uint8Array {
  const build = { graph: new Graph("parity"), weights };
  const encoded = encoder(build, config, { tokenTypes: config.tokenTypes > 0 });
  const outputs: Record<string, Value> = {
    "out.embedding": encoded.embedding,
    "out.last_hidden_state": encoded.hidden,
    ...heads(build, config, encoded),
  };
  encoded.layers.forEach((layer, i) => {
    outputs[`layer${i}.att_prob`] = layer.attention;
    outputs[`layer${i}.g_prime`] = layer.global;
    outputs[`layer${i}.smp`] = layer.segment;
    outputs[`layer${i}.lmp`] = layer.local;
    outputs[`layer${i}.P`] = layer.fused;
    outputs[`layer${i}.out`] = layer.output;
  });
  for (const [name, value] of Object.entries(outputs)) build.graph.output(name, value, "float32", shapeOf(name));
  return build.graph.serialize();
}

function heads(build: Build, config: PoNetConfig, encoded: Encoder): Record<string, Value> {
  const d = config.hiddenSize;
  if (config.norm === "pre") return { "out.logits": arenaHead(build, config, encoded) };
  const pooled = clsPooler(build, config, encoded.hidden, encoded.inputs.hiddenShape);
  const classifier = "classifier";
  const labels = build.weights.tensor(`${classifier}.bias`).data.length;
  const relationship = "cls.seq_relationship";
  const relations = build.weights.tensor(`${relationship}.bias`).data.length;
  return {
    "out.pooler_output": pooled,
    "out.seq_cls_logits": linear(build, classifier, pooled, d, labels),
    "out.token_cls_logits": linear(build, classifier, encoded.hidden, d, labels),
    "out.seq_relationship_logits": linear(build, relationship, pooled, d, relations),
    "out.mlm_logits": maskedLanguageHead(build, config, encoded),
  };
}

/** Output shapes are declared by rank alone. */
function shapeOf(name: string): string[] {
  const rank = name.endsWith("att_prob") || name.endsWith("g_prime") ? 3 : 2;
  return Array.from({ length: rank }, (_, axis) => `${name}_${axis}`);
}
