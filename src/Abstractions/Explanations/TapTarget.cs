using System.Globalization;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Explanations;

/// <summary>One element of an intermediate tensor of the image encoder.</summary>
/// <param name="Tap">Name of a tap, or of a value of the encoder's graph.</param>
/// <param name="Index">Index of the element without the batch axis: [5, 17] is token 5, channel 17 of [B, N, D].</param>
public sealed record TapTarget(string Tap, IReadOnlyList<int> Index) : ExplanationTarget
{
    /// <inheritdoc/>
    public override string Kind => "tap/" + Tap;

    /// <inheritdoc/>
    public override string Describe() => $"tap {Name}";

    private string Name => $"{Tap}[{string.Join(',', Index.Select(i => i.ToString(CultureInfo.InvariantCulture)))}]";

    /// <summary>Reads <c>name[i,j,...]</c>.</summary>
    /// <exception cref="PellucidException">The text has another form.</exception>
    public static TapTarget Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int open = text.LastIndexOf('[');
        if (open > 0 && text.EndsWith(']'))
        {
            string[] parts = text[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
            int[] index = new int[parts.Length];
            bool numbers = true;
            for (int i = 0; i < parts.Length; i++) numbers &= int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out index[i]);
            if (numbers) return new TapTarget(text[..open].Trim(), index);
        }

        throw new PellucidException($"'{text}' names no element of a tap: write the tap and an index for each of its axes but the batch, as in vision.blocks.3.mlp[5,17]");
    }

    /// <summary>Where the element lies in the tensor of one sample.</summary>
    /// <param name="shape">[B, ...].</param>
    /// <exception cref="PellucidException">The index does not fit that shape.</exception>
    public int OffsetIn(TensorShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        string sample = $"[{string.Join(',', shape.Skip(1))}]";
        if (Index.Count != shape.Rank - 1)
            throw new PellucidException($"{Describe()}: the index has {Index.Count} numbers, the tensor {sample} of one image needs {shape.Rank - 1}");
        long offset = 0;
        for (int i = 0; i < Index.Count; i++)
        {
            if (Index[i] < 0 || Index[i] >= shape[i + 1])
                throw new PellucidException($"{Describe()}: index {Index[i]} lies outside axis {i} of the tensor {sample} of one image, which goes from 0 to {shape[i + 1] - 1}");
            offset = (offset * shape[i + 1]) + Index[i];
        }

        return checked((int)offset);
    }

    /// <inheritdoc/>
    public bool Equals(TapTarget? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}
