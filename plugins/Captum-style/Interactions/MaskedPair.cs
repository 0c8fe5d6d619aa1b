using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle.Perturbation;
using Pellucid.Plugins.CaptumStyle.Regions;

namespace Pellucid.Plugins.CaptumStyle.Interactions;

/// <summary>
/// Embeddings of an image that shows some regions, and of a text that keeps some words. N images and M texts take N + M embeddings and give N M scores.
/// </summary>
internal static class MaskedPair
{
    private const int BatchSize = 16;

    /// <summary>The image itself, then each choice of regions, [N + 1, E].</summary>
    public static async Task<HostTensor> EmbedImagesAsync(
        ExplanationRequest request, FeatureMask mask, PixelFill fill, bool[][] shown, IProgress<double> progress, CancellationToken cancellationToken)
    {
        HostTensor image = request.Image.Pixels;
        float[] filled = FillPixels.Of(request, fill);
        return await EmbedAsync<float>(
            shown.Length + 1, image.Length, image.Shape,
            (row, pixels) =>
            {
                image.Floats.CopyTo(pixels);
                if (row > 0) mask.Apply(pixels, filled, shown[row - 1]);
            },
            request.Model.EmbedImagesAsync, request.Image.Name, progress, cancellationToken);
    }

    /// <summary>Each choice of words, [M, E].</summary>
    public static Task<HostTensor> EmbedTextsAsync(
        IVisionLanguageModel model, TokenizedText text, AbsentWords absent, bool[][] kept, IProgress<double> progress, CancellationToken cancellationToken) =>
        EmbedAsync<long>(
            kept.Length, text.Ids.Count, new TensorShape(1, text.Ids.Count), (row, ids) => Ids(model.Tokenizer, text, absent, kept[row]).CopyTo(ids),
            model.EmbedTextsAsync, $"\"{text.Text}\"", progress, cancellationToken);

    /// <summary>Scores of all images with all texts, [N][M].</summary>
    /// <exception cref="PellucidException">A score is not finite.</exception>
    public static double[][] Scores(IFusionRule fusion, HostTensor images, HostTensor texts, MatchingScoreTarget target, CancellationToken cancellationToken)
    {
        int width = (int)images.Shape[1], count = (int)texts.Shape[0];
        double[][] scores = new double[images.Shape[0]][];
        for (int a = 0; a < scores.Length; a++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            scores[a] = new double[count];
            for (int b = 0; b < count; b++) scores[a][b] = fusion.Score(images.Floats.Slice(a * width, width), texts.Floats.Slice(b * width, width), target.Score);
            if (!TensorPrimitives.IsFiniteAll<double>(scores[a]))
                throw new PellucidException($"a score of changes of {target.Describe()} is not finite: an embedding of a changed image or text is zero; set another fill, or other absent words");
        }

        return scores;
    }

    /// <summary>Token ids of a text that keeps some words; tokens that belong to no word stay.</summary>
    internal static long[] Ids(ITokenizer tokenizer, TokenizedText text, AbsentWords absent, bool[] kept)
    {
        bool[] gone = new bool[text.Length];
        for (int w = 0; w < kept.Length; w++)
        {
            if (!kept[w]) Array.Fill(gone, true, text.Words[w].FirstToken, text.Words[w].TokenCount);
        }

        long end = text.Ids[text.Length - 1], padding = text.Length < text.Ids.Count ? text.Ids[^1] : tokenizer.PadId;
        long[] ids = new long[text.Ids.Count];
        if (absent == AbsentWords.Padding)
        {
            // Where texts are padded with their end token, that would end the text here; the token of id 0 stands for nothing either.
            for (int i = 0; i < ids.Length; i++) ids[i] = i < gone.Length && gone[i] ? (padding == end ? 0 : padding) : text.Ids[i];
            return ids;
        }

        int length = 0;
        for (int i = 0; i < gone.Length; i++)
        {
            if (!gone[i]) ids[length++] = text.Ids[i];
        }

        Array.Fill(ids, padding, length, ids.Length - length);
        return ids;
    }

    private delegate void Write<T>(int row, Span<T> target);

    private static async Task<HostTensor> EmbedAsync<T>(
        int count, int size, TensorShape shape, Write<T> write, Func<HostTensor, CancellationToken, Task<HostTensor>> embed, string what,
        IProgress<double> progress, CancellationToken cancellationToken)
        where T : unmanaged
    {
        float[] embeddings = [];
        int width = 0;
        for (int start = 0; start < count; start += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int rows = Math.Min(BatchSize, count - start);
            T[] batch = new T[rows * size];
            for (int row = 0; row < rows; row++) write(start + row, batch.AsSpan(row * size, size));
            HostTensor embedded = await embed(HostTensor.Of(batch, shape.With(0, rows)), cancellationToken);
            if (start == 0)
            {
                width = (int)embedded.Shape[1];
                embeddings = new float[count * width];
            }

            embedded.Floats.CopyTo(embeddings.AsSpan(start * width));
            progress.Report((double)(start + rows) / count);
        }

        return TensorPrimitives.IsFiniteAll<float>(embeddings)
            ? HostTensor.Of(embeddings, count, width)
            : throw new PellucidException($"the embeddings of changes of {what} are not finite: the model's weights or its input are unusable");
    }
}
