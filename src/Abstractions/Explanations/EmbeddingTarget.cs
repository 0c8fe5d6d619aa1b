using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Explanations;

/// <summary>
/// A target that is a function of one embedding. It says its value twice, as nodes of a graph (from which its gradient follows) and
/// on the host; every explainer that takes such targets then works with it, whatever it is.
/// </summary>
public abstract record EmbeddingTarget : ExplanationTarget
{
    /// <summary>Whether it can be explained on a side; as a rule only on the image side.</summary>
    public virtual bool Explains(Modality side) => side == Modality.Image;

    /// <summary>
    /// What it differs in from other targets of its <see cref="ExplanationTarget.Kind"/>: one row [W], W being the same for all of
    /// the kind. Everything else that the value depends on must be told by the kind, for one graph serves all targets of a kind.
    /// </summary>
    /// <param name="width">E of the model.</param>
    /// <exception cref="PellucidException">It does not fit such an embedding.</exception>
    public abstract float[] Parameters(int width);

    /// <summary>Appends the values of N targets of this kind to a graph.</summary>
    /// <param name="g">Graph under construction.</param>
    /// <param name="fusion">The model's fusion rule.</param>
    /// <param name="embeds">[N, E] un-normalized.</param>
    /// <param name="parameters">[N, W] rows of <see cref="Parameters"/>, or [1, W].</param>
    /// <returns>[N].</returns>
    public abstract Value Append(GraphBuilder g, IFusionRule fusion, Value embeds, Value parameters);

    /// <summary>Its values for embeddings that are there already.</summary>
    /// <param name="fusion">The model's fusion rule.</param>
    /// <param name="embeds">[B, E] un-normalized.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>B values.</returns>
    /// <exception cref="PellucidException">It does not fit such an embedding.</exception>
    public abstract ValueTask<float[]> EvaluateAsync(IFusionRule fusion, HostTensor embeds, CancellationToken cancellationToken = default);

    /// <summary>
    /// Its weights where it is linear in the un-normalized embedding; null where it is not. Attributions of a linear explainer are then
    /// the sums of those of the embedding dimensions with these weights (Hashmi et al. 2024).
    /// </summary>
    /// <param name="fusion">The model's fusion rule.</param>
    /// <param name="width">E of the model.</param>
    /// <exception cref="PellucidException">It does not fit such an embedding.</exception>
    public virtual LinearForm? Linear(IFusionRule fusion, int width) => null;

    /// <summary>Values of all rows by a function of one row.</summary>
    protected static ValueTask<float[]> Each(HostTensor embeds, Func<HostTensor, int, double> value)
    {
        ArgumentNullException.ThrowIfNull(embeds);
        ArgumentNullException.ThrowIfNull(value);
        float[] values = new float[embeds.Shape[0]];
        int width = (int)embeds.Shape[1];
        for (int b = 0; b < values.Length; b++) values[b] = (float)value(embeds, b * width);
        return ValueTask.FromResult(values);
    }

    /// <summary>The embedding of a text, if it has the model's width.</summary>
    /// <exception cref="PellucidException">It comes from another model.</exception>
    protected static ReadOnlySpan<float> Fitting(TextInput text, int width)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Embedding.Length == width
            ? text.Embedding.Floats
            : throw new PellucidException($"a text embedding has {text.Embedding.Length} dimensions, the model {width}: it comes from another model");
    }
}
