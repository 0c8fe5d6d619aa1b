using Pellucid.Graphs.Onnx.Import;

namespace Pellucid.Graphs.Onnx.Canonical;

/// <summary>Settles the dimensions of a model's inputs: sizes of the model, sizes the caller gives, and batches.</summary>
internal static class InputShapes
{
    /// <exception cref="GraphException">A dimension is open, or what the caller gives does not fit.</exception>
    public static void Declare(string path, ParsedModel model, OnnxImportOptions options, Assembly assembly)
    {
        foreach (string name in options.InputShapes.Keys.Order(StringComparer.Ordinal))
        {
            if (!model.Inputs.Exists(i => string.Equals(i.Name, name, StringComparison.Ordinal)))
                throw new GraphException($"'{path}' has no input '{name}'{NearestNames.Suffix(name, model.Inputs.Select(i => i.Name))}");
        }

        // Before IR version 4 initializers were listed as inputs too.
        foreach (ParsedInput input in model.Inputs.Where(i => !model.Weights.ContainsKey(i.Name))) Declare(path, input, options, assembly);
    }

    private static void Declare(string path, ParsedInput input, OnnxImportOptions options, Assembly assembly)
    {
        if (input.Element == ElementType.Unknown) throw new GraphException($"'{path}': input {input} is no tensor of numbers");
        TensorShape? given = options.InputShapes.GetValueOrDefault(input.Name);
        if (input.Dimensions is null && given is null) throw Open(path, input, "its rank");
        IReadOnlyList<ParsedDimension> declared = input.Dimensions ?? [.. given!.Select(_ => default(ParsedDimension))];
        if (given is not null && given.Rank != declared.Count) throw Misfit(path, input, given);
        long[][] probed = [new long[declared.Count], new long[declared.Count]];
        long[] shape = new long[declared.Count];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            ParsedDimension dimension = declared[axis];
            long size = dimension.Size > 0 ? dimension.Size : given?[axis] ?? TensorShape.Dynamic;
            if (given is not null && dimension.Size > 0 && given[axis] != dimension.Size) throw Misfit(path, input, given);
            bool batch = size == TensorShape.Dynamic
                && (given is not null || axis == 0 || options.BatchSymbols.Contains(dimension.Symbol, StringComparer.Ordinal));
            if (size == TensorShape.Dynamic && !batch) throw Open(path, input, $"dimension {axis} ('{dimension}')");
            shape[axis] = size;
            int symbol = batch ? assembly.Symbols.Add(dimension.Symbol ?? string.Empty, input.Name, axis) : -1;
            for (int p = 0; p < probed.Length; p++) probed[p][axis] = batch ? Symbols.Size(symbol, p) : size;
        }

        assembly.Input(input.Name, input.Element, new TensorShape(shape), [.. probed.Select(p => new TensorShape(p))]);
    }

    private static GraphException Open(string path, ParsedInput input, string what) => new(
        $"'{path}': input {input} leaves {what} open; give its shape in OnnxImportOptions.InputShapes (for example '{input.Name}' to [-1,3,224,224], where -1 is the batch)");

    private static GraphException Misfit(string path, ParsedInput input, TensorShape given) =>
        new($"'{path}': input {input} cannot have the shape {given} that was given for it");
}
