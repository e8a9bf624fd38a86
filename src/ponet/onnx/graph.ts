import { create, toBinary, type MessageInitShape } from "@bufbuild/protobuf";
import {
  AttributeProto_AttributeType as AttributeType,
  GraphProtoSchema,
  ModelProtoSchema,
  type AttributeProtoSchema,
  type NodeProtoSchema,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from "./onnx_pb";

/** Opset 20 is the first with Gelu; IR 10 belongs to it. */
const OPSET_VERSION = 20n;
const IR_VERSION = 10n;

/** Where onnxruntime has the operators of its own. */
const MICROSOFT = "com.microsoft";

const ELEMENT_TYPES = { float32: 1, int8: 3, int32: 6, int64: 7 } as const;
type ElementType = keyof typeof ELEMENT_TYPES;

/** The name of one tensor of the graph under construction. */
export type Value = string & { readonly __brand: "Value" };

/** A tensor known when the graph is built. */
export interface Constant {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int8Array | Int32Array | BigInt64Array;
}

/** `int` and `ints` are plain numbers: an ONNX attribute of a whole number is always an integer here. */
type Attribute = number | readonly number[] | { readonly float: number };

/** An ONNX graph under construction; each method adds to it and returns the value it made. */
export class Graph {
  private readonly nodes: MessageInitShape<typeof NodeProtoSchema>[] = [];
  private readonly initializers: MessageInitShape<typeof TensorProtoSchema>[] = [];
  private readonly inputs: MessageInitShape<typeof ValueInfoProtoSchema>[] = [];
  private readonly outputs: MessageInitShape<typeof ValueInfoProtoSchema>[] = [];
  /** Under which name of an output a node writes its value. */
  private readonly outputNames = new Map<Value, string>();
  private serial = 0;

  constructor(private readonly name: string) {}

  /** A tensor fed at each run; a string names a dimension that may differ between runs. */
  input(name: string, type: ElementType, shape: readonly (number | string)[]): Value {
    this.inputs.push(valueInfo(name, type, shape));
    return name as Value;
  }

  /** A tensor stored in the graph. */
  constant(name: string, { type, shape, data }: Constant): Value {
    const unique = this.unique(name);
    this.initializers.push({
      name: unique,
      dataType: ELEMENT_TYPES[type],
      dims: shape.map(BigInt),
      rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    });
    return unique;
  }

  /** A float32 scalar. */
  scalar(value: number): Value {
    return this.constant("scalar", { type: "float32", shape: [], data: Float32Array.of(value) });
  }

  /** An int64 vector: axes, shapes and slices are int64 in ONNX. */
  int64s(...values: readonly number[]): Value {
    return this.constant("int64s", {
      type: "int64",
      shape: [values.length],
      data: BigInt64Array.from(values, BigInt),
    });
  }

  /** One operator with one output, in the default operator set. */
  node(op: string, inputs: readonly Value[], attributes: Readonly<Record<string, Attribute>> = {}): Value {
    return this.add("", op, inputs, attributes);
  }

  /** `value`'s numbers as another type's. */
  cast(value: Value, type: ElementType): Value {
    return this.node("Cast", [value], { to: ELEMENT_TYPES[type] });
  }

  /** One of onnxruntime's own operators, with one output. */
  microsoftNode(op: string, inputs: readonly Value[], attributes: Readonly<Record<string, Attribute>> = {}): Value {
    return this.add(MICROSOFT, op, inputs, attributes);
  }

  /** Makes `value`, float32 that a node made, an output of the graph under `name`. */
  output(name: string, value: Value, shape: readonly (number | string)[]): void {
    // The node writes there itself: onnxruntime does not spare the copy that an Identity asks for.
    if (this.outputNames.has(value)) this.nodes.push({ name, opType: "Identity", input: [value], output: [name] });
    else this.outputNames.set(value, name);
    this.outputs.push(valueInfo(name, "float32", shape));
  }

  /** The model file, as onnxruntime reads it. */
  serialize(): Uint8Array {
    const named = (values: readonly string[] = []) =>
      values.map((value) => this.outputNames.get(value as Value) ?? value);
    const model = create(ModelProtoSchema, {
      irVersion: IR_VERSION,
      producerName: "ponet-lens",
      opsetImport: [
        { domain: "", version: OPSET_VERSION },
        { domain: MICROSOFT, version: 1n },
      ],
      graph: create(GraphProtoSchema, {
        name: this.name,
        node: this.nodes.map((node) => ({ ...node, input: named(node.input), output: named(node.output) })),
        initializer: this.initializers,
        input: this.inputs,
        output: this.outputs,
      }),
    });
    return toBinary(ModelProtoSchema, model);
  }

  private add(
    domain: string,
    op: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>>,
  ): Value {
    const output = this.unique(op);
    this.nodes.push({
      name: output,
      domain,
      opType: op,
      input: [...inputs],
      output: [output],
      attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    });
    return output;
  }

  private unique(name: string): Value {
    return `${name}_${this.serial++}` as Value;
  }
}

function attribute(name: string, value: Attribute): MessageInitShape<typeof AttributeProtoSchema> {
  if (typeof value === "number") return { name, type: AttributeType.INT, i: BigInt(value) };
  if ("float" in value) return { name, type: AttributeType.FLOAT, f: value.float };
  return { name, type: AttributeType.INTS, ints: value.map(BigInt) };
}

function valueInfo(
  name: string,
  type: ElementType,
  shape: readonly (number | string)[],
): MessageInitShape<typeof ValueInfoProtoSchema> {
  const dim = shape.map((size) =>
    typeof size === "number"
      ? { value: { case: "dimValue" as const, value: BigInt(size) } }
      : { value: { case: "dimParam" as const, value: size } },
  );
  return { name, type: { tensorType: { elemType: ELEMENT_TYPES[type], shape: { dim } } } };
}
