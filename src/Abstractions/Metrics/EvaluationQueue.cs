using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Metrics;

/// <summary>
/// Gathers changed images of any number of items and steps into full batches: the model runs as often as the same number of plain images would
/// need, and memory holds one batch. Add images in any order, then flush. Not safe for concurrent use.
/// </summary>
/// <param name="model">Embeds the images.</param>
/// <param name="batchSize">Images in a run, at least 1.</param>
/// <param name="cancellationToken">Stops within a run.</param>
public sealed class EvaluationQueue(IVisionLanguageModel model, int batchSize = EvaluationQueue.DefaultBatchSize, CancellationToken cancellationToken = default)
{
    /// <summary>Images in a run unless something else is asked for.</summary>
    public const int DefaultBatchSize = 8;

    private readonly int _batchSize = batchSize >= 1 ? batchSize : throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, "a batch has at least one image");
    private readonly List<EmbeddingReceiver> _waiting = [];
    private float[] _pixels = [];
    private TensorShape? _shape;

    /// <summary>Images embedded so far.</summary>
    public long Evaluated { get; private set; }

    /// <summary>Adds an image; runs the model when a batch is full. The pixels are copied before this returns.</summary>
    /// <param name="pixels">C x H x W values.</param>
    /// <param name="shape">[C, H, W], or [1, C, H, W].</param>
    /// <param name="receive">Gets the embedding, in the order of adding.</param>
    /// <exception cref="PellucidException">The model fails, or gives an embedding that is not finite.</exception>
    public Task AddAsync(ReadOnlySpan<float> pixels, TensorShape shape, EmbeddingReceiver receive)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(receive);
        if (shape.ElementCount() != pixels.Length) throw new ArgumentException($"an image of shape {shape} has {shape.ElementCount()} values, not {pixels.Length}", nameof(pixels));
        TensorShape image = shape.Rank == 4 ? new TensorShape([.. shape.Skip(1)]) : shape;
        if (_shape is not null && !_shape.Equals(image) && _waiting.Count > 0)
        {
            // Images of another size are a batch of their own.
            float[] kept = pixels.ToArray();
            return FlushThenAddAsync(kept, image, receive);
        }

        if (_shape is null || !_shape.Equals(image)) (_shape, _pixels) = (image, new float[_batchSize * pixels.Length]);
        pixels.CopyTo(_pixels.AsSpan(_waiting.Count * pixels.Length));
        _waiting.Add(receive);
        return _waiting.Count == _batchSize ? FlushAsync() : Task.CompletedTask;
    }

    /// <summary>Runs the model on what is left.</summary>
    /// <exception cref="PellucidException">The model fails, or gives an embedding that is not finite.</exception>
    public async Task FlushAsync()
    {
        if (_waiting.Count == 0) return;
        cancellationToken.ThrowIfCancellationRequested();
        int rows = _waiting.Count, size = _pixels.Length / _batchSize;
        HostTensor batch = HostTensor.Of(rows == _batchSize ? _pixels : _pixels[..(rows * size)], new TensorShape([rows, .. _shape!]));
        HostTensor embeds = await model.EmbedImagesAsync(batch, cancellationToken);
        if (!System.Numerics.Tensors.TensorPrimitives.IsFiniteAll<float>(embeds.Floats))
            throw new PellucidException("the embedding of a changed image is not finite: the model's weights or the image are unusable");
        int width = embeds.Length / rows;
        for (int i = 0; i < rows; i++) _waiting[i](embeds.Floats.Slice(i * width, width));
        Evaluated += rows;
        _waiting.Clear();
    }

    private async Task FlushThenAddAsync(float[] pixels, TensorShape image, EmbeddingReceiver receive)
    {
        await FlushAsync();
        await AddAsync(pixels, image, receive);
    }
}
