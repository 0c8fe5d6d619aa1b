using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>
/// The only names that a checkpoint's pickle may mention, and what a call of each means as data. Every other name is refused by
/// name. None of them runs anything: a "call" rearranges values that are already there.
/// </summary>
internal static class TorchGlobals
{
    private static readonly Dictionary<string, PickleGlobal> Known = Make().ToDictionary(g => g.Name, StringComparer.Ordinal);

    /// <summary>The known global of this name.</summary>
    /// <exception cref="PellucidException">The name is not on the list.</exception>
    internal static PickleGlobal Find(PickleInput input, string module, string name)
    {
        string full = $"{module}.{name}";
        if (Known.TryGetValue(full, out PickleGlobal? known)) return known;

        // Classes of TorchScript code live in this made-up module; their instances are read as plain attributes.
        if (module == "__torch__" || module.StartsWith("__torch__.", StringComparison.Ordinal)) return new PickleGlobal(full, null) { IsRecordClass = true };
        string shown = full.Length > 200 ? full[..200] + "..." : full;
        throw input.Error($"refuses global {shown}: a checkpoint may hold tensors and plain values only, and nothing in it is executed; "
            + "if you trust its source, save the model's state_dict() or convert it to .safetensors there");
    }

    /// <summary>REDUCE: a call as data.</summary>
    internal static object? Call(PickleInput input, object? callable, object? arguments)
    {
        if (callable is not PickleGlobal global) throw input.Error("calls a value that is no function");
        if (arguments is not PickleTuple { Items: object?[] items }) throw input.Error($"calls {global.Name} without a list of arguments");
        return global.Call is { } call ? call(input, items) : throw input.Error($"refuses to call {global.Name}");
    }

    /// <summary>NEWOBJ: an instance of a record class, or an empty dictionary.</summary>
    internal static object New(PickleInput input, object? type, object? arguments)
    {
        if (type is not PickleGlobal global || arguments is not PickleTuple { Items: object?[] items }) throw input.Error("makes an object of a value that is no class");
        if (global.IsRecordClass) return new PickleRecord(global.Name);
        if (global.Name == "collections.OrderedDict" && items.Length == 0) return new PickleDictionary();
        throw input.Error($"refuses to make an object of {global.Name}");
    }

    private static IEnumerable<PickleGlobal> Make()
    {
        yield return new("collections.OrderedDict", OrderedDict);
        yield return new("torch._utils._rebuild_tensor", (input, a) => Tensor(input, a, 4));
        yield return new("torch._utils._rebuild_tensor_v2", (input, a) => Tensor(input, a, 6));
        yield return new("torch._utils._rebuild_parameter", FirstTensor);
        yield return new("torch._utils._rebuild_parameter_with_state", FirstTensor);
        yield return new("torch._tensor._rebuild_from_type_v2", FromType);
        yield return new("torch.Tensor", null);
        yield return new("torch.nn.parameter.Parameter", null);
        yield return new("torch.Size", First);
        yield return new("torch.device", First);
        yield return new("torch.jit._pickle.restore_type_tag", First);
        foreach (string kind in new[] { "int", "double", "bool", "tensor" }) yield return new($"torch.jit._pickle.build_{kind}list", First);
        foreach (string module in new[] { "builtins", "__builtin__" })
        {
            yield return new($"{module}.set", First);
            yield return new($"{module}.frozenset", First);
        }

        // How protocol 2 writes byte strings.
        yield return new("_codecs.encode", First);

        foreach ((string name, ElementType type) in new[]
        {
            ("Float", ElementType.Float32), ("Double", ElementType.Float64), ("Half", ElementType.Float16), ("BFloat16", ElementType.BFloat16),
            ("Long", ElementType.Int64), ("Int", ElementType.Int32), ("Short", ElementType.Int16), ("Char", ElementType.Int8),
            ("Byte", ElementType.UInt8), ("Bool", ElementType.Bool),
        })
        {
            yield return new($"torch.{name}Storage", null, type);
            yield return new($"torch.cuda.{name}Storage", null, type);
        }

        foreach (string type in new[] { "float32", "float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool" })
            yield return new($"torch.{type}", null);
    }

    private static object? First(PickleInput input, object?[] arguments) => arguments.Length > 0 ? arguments[0] : new PickleTuple([]);

    private static PickleDictionary OrderedDict(PickleInput input, object?[] arguments)
    {
        var dictionary = new PickleDictionary();
        if (arguments.Length == 0) return dictionary;

        // Python 2 wrote OrderedDict([[key, value], ...]).
        if (arguments is not [PickleList pairs]) throw input.Error("an OrderedDict is made of something that is no list of pairs");
        foreach (object? pair in pairs.Items)
        {
            switch (pair)
            {
                case PickleTuple { Items: [var key, var value] }: dictionary.Set(key, value); break;
                case PickleList { Items: [var key, var value] }: dictionary.Set(key, value); break;
                default: throw input.Error("an OrderedDict is made of something that is no list of pairs");
            }
        }

        return dictionary;
    }

    private static TorchTensor Tensor(PickleInput input, object?[] arguments, int atLeast)
    {
        if (arguments.Length < atLeast || arguments is not [TorchStorage storage, long offset, var size, var stride, ..])
            throw input.Error("a tensor is built of something else than storage, offset, size and stride");
        return new TorchTensor(storage, offset, Integers(input, size), Integers(input, stride));
    }

    private static long[] Integers(PickleInput input, object? value)
    {
        IReadOnlyList<object?> items = value switch
        {
            PickleTuple tuple => tuple.Items,
            PickleList list => list.Items,
            _ => throw input.Error("size or stride of a tensor is no tuple"),
        };
        if (items.Count > CheckpointLimits.MaxRank) throw input.Error($"a tensor has {items.Count} dimensions, the limit is {CheckpointLimits.MaxRank}");
        long[] numbers = new long[items.Count];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = items[i] is long number ? number : throw input.Error("size or stride of a tensor holds something that is no 64-bit integer");
        return numbers;
    }

    private static object FirstTensor(PickleInput input, object?[] arguments) =>
        arguments is [TorchTensor tensor, ..] ? tensor : throw input.Error("a parameter is built of something that is no tensor");

    private static object? FromType(PickleInput input, object?[] arguments) => arguments is [PickleGlobal { Call: { } call } rebuild, _, PickleTuple inner, ..]
        && rebuild.Name.StartsWith("torch._utils._rebuild", StringComparison.Ordinal)
            ? call(input, inner.Items)
            : throw input.Error("a tensor of another type is built of something that is no tensor");
}
