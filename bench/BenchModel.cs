using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Plugins.Clip;
using Pellucid.Runtime;

namespace Pellucid.Bench;

/// <summary>The synthetic model, loaded as a user's would be, with inputs for it.</summary>
internal sealed class BenchModel : IDisposable
{
    private const int TextLength = 9;
    private const int Start = SyntheticClip.Vocabulary - 2, End = SyntheticClip.Vocabulary - 1;

    private BenchModel(OrtGraphRunner runner, IGraphModel model)
    {
        Runner = runner;
        Model = model;
        float[] pixels = new float[3 * SyntheticClip.ImageSide * SyntheticClip.ImageSide];
        new Seeded(7).Fill(pixels, 0, 1);
        Image = new ImageInput(
            HostTensor.Of(pixels, 1, 3, SyntheticClip.ImageSide, SyntheticClip.ImageSide),
            ImageGeometry.Identity(SyntheticClip.ImageSide, SyntheticClip.ImageSide), "noise", new string('0', 64));
    }

    public OrtGraphRunner Runner { get; }

    public IGraphModel Model { get; }

    public ImageInput Image { get; }

    public static async Task<BenchModel> LoadAsync(int threads)
    {
        var runner = new OrtGraphRunner(new RuntimeOptions { Device = "cpu", Threads = threads });
        var model = (IGraphModel)await new ClipAdapter(runner).LoadAsync(new ModelSource("bench", SyntheticClip.Folder));
        return new BenchModel(runner, model);
    }

    public static HostTensor Ids(int texts)
    {
        long[] ids = new long[texts * SyntheticClip.Context];
        Array.Fill(ids, End);
        var numbers = new Seeded(11);
        for (int t = 0; t < texts; t++)
        {
            ids[t * SyntheticClip.Context] = Start;
            for (int i = 1; i < TextLength - 1; i++) ids[(t * SyntheticClip.Context) + i] = 256 + numbers.Below(Start - 256);
        }

        return HostTensor.Of(ids, texts, SyntheticClip.Context);
    }

    /// <summary>Targets for so many texts.</summary>
    public async Task<IReadOnlyList<ExplanationTarget>> TextTargetsAsync(int texts)
    {
        HostTensor ids = Ids(texts);
        HostTensor embeddings = await Model.EmbedTextsAsync(ids);
        return [.. Enumerable.Range(0, texts).Select(t => new MatchingScoreTarget(new TextInput(
            Tokens($"text {t}", ids.Rows(t, 1)), embeddings.Rows(t, 1).Reshape(SyntheticClip.EmbeddingWidth))))];
    }

    /// <summary>Explains the image, and the texts too where asked to.</summary>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(IExplainer explainer, IReadOnlyList<ExplanationTarget> targets, bool texts = false) =>
        await explainer.ExplainAsync(new ExplanationRequest { Model = Model, Image = Image, Targets = targets, ExplainText = texts });

    public void Dispose() => Runner.Dispose();

    private static TokenizedText Tokens(string text, HostTensor ids) => new(text, [.. ids.Int64s], TextLength, [], [], Truncated: false, TextLength);
}
