using Microsoft.ML.OnnxRuntime;
using Pellucid.Graphs;

namespace Pellucid.Runtime.Sessions;

/// <summary>The inputs of one run: checked against the graph, pinned, and freed together.</summary>
internal sealed class FedInputs : IDisposable
{
    private readonly List<PinnedTensor> _pinned = [];
    private readonly List<string> _names = [];
    private readonly List<OrtValue> _values = [];

    /// <summary>Names of the inputs.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>Values of the inputs, in the same order.</summary>
    public IReadOnlyCollection<OrtValue> Values => _values;

    /// <summary>Checks and pins a tensor for each input of the graph; tensors the graph has no input for are left out.</summary>
    /// <exception cref="PellucidException">A tensor is missing or does not fit.</exception>
    public static FedInputs Of(Graph graph, IReadOnlyDictionary<string, HostTensor> tensors)
    {
        var inputs = new FedInputs();
        try
        {
            foreach (Value input in graph.Inputs)
            {
                if (!tensors.TryGetValue(input.Name, out HostTensor? tensor))
                    throw new PellucidException($"graph '{graph.Name}' needs input '{input.Name}' {input.Type}; given: {(tensors.Count == 0 ? "nothing" : string.Join(", ", tensors.Keys.Order(StringComparer.Ordinal)))}");
                inputs.Feed(graph, input, tensor);
            }

            return inputs;
        }
        catch
        {
            inputs.Dispose();
            throw;
        }
    }

    /// <summary>Adds a host tensor.</summary>
    /// <exception cref="PellucidException">It does not fit the input's type.</exception>
    public void Feed(Graph graph, Value input, HostTensor tensor)
    {
        if (!Fits(input.Type, tensor)) throw new PellucidException($"input '{input.Name}' of graph '{graph.Name}' is {input.Type}, but was given {tensor}");
        var pinned = new PinnedTensor(tensor);
        _pinned.Add(pinned);
        Feed(input.Name, pinned.Value);
    }

    /// <summary>Adds a value that another run made and that somebody else frees.</summary>
    public void Feed(string name, OrtValue value)
    {
        _names.Add(name);
        _values.Add(value);
    }

    public void Dispose()
    {
        foreach (PinnedTensor pinned in _pinned) pinned.Dispose();
    }

    private static bool Fits(TensorType type, HostTensor tensor)
    {
        if (type.Element != ElementType.Unknown && type.Element != tensor.ElementType) return false;
        if (type.Shape is not { } shape) return true;
        if (shape.Rank != tensor.Shape.Rank) return false;
        for (int i = 0; i < shape.Rank; i++) if (shape[i] != TensorShape.Dynamic && shape[i] != tensor.Shape[i]) return false;
        return true;
    }
}
