using Pellucid.Modeling.Checkpoints;
using Pellucid.Modeling.Transformers;
using static Pellucid.Plugins.MedClip.Layouts.MedClipTensors;

namespace Pellucid.Plugins.MedClip.Layouts;

/// <summary>The text encoder: Hugging Face's <c>BertModel</c> under <c>text_model.model.</c></summary>
internal static class BertTensors
{
    private const string Words = Text + "embeddings.word_embeddings.weight";
    private const string Positions = Text + "embeddings.position_embeddings.weight";
    private const string Types = Text + "embeddings.token_type_embeddings.weight";

    public static int Width(Checkpoint w) => Dimension(w, Words, 1);

    public static int Layers(Checkpoint w) => Count(w, l => Layer(l) + "attention.self.query.weight");

    public static IEnumerable<ExpectedTensor> Expected(Checkpoint w)
    {
        int width = Width(w);
        IEnumerable<ExpectedTensor> embeddings =
        [
            ExpectedTensor.Of(Words, Dimension(w, Words, 0), width), ExpectedTensor.Of(Positions, Dimension(w, Positions, 0), width),
            ExpectedTensor.Of(Types, Dimension(w, Types, 0), width), .. ExpectedTensor.Norm(Text + "embeddings.LayerNorm", width),
            ExpectedTensor.Of(TextProjection, Dimension(w, TextProjection, 0), width),
        ];
        return embeddings.Concat(Enumerable.Range(0, Layers(w)).SelectMany(l => ExpectedLayer(w, Layer(l), width)));
    }

    public static BertWeights Read(Checkpoint w) => new()
    {
        Words = w[Words],
        Positions = w[Positions],
        TokenTypes = w[Types],
        EmbeddingNorm = AffineWeights.Of(w, Text + "embeddings.LayerNorm"),
        Layers = [.. Enumerable.Range(0, Layers(w)).Select(l => ReadLayer(w, Layer(l)))],
    };

    private static string Layer(int index) => $"{Text}encoder.layer.{index}.";

    private static IEnumerable<ExpectedTensor> ExpectedLayer(Checkpoint w, string p, int width)
    {
        int hidden = Dimension(w, p + "intermediate.dense.weight", 0);
        return
        [
            .. ExpectedTensor.Linear(p + "attention.self.query", width, width), .. ExpectedTensor.Linear(p + "attention.self.key", width, width), .. ExpectedTensor.Linear(p + "attention.self.value", width, width),
            .. ExpectedTensor.Linear(p + "attention.output.dense", width, width), .. ExpectedTensor.Norm(p + "attention.output.LayerNorm", width),
            .. ExpectedTensor.Linear(p + "intermediate.dense", hidden, width), .. ExpectedTensor.Linear(p + "output.dense", width, hidden), .. ExpectedTensor.Norm(p + "output.LayerNorm", width),
        ];
    }

    private static BlockWeights ReadLayer(Checkpoint w, string p) => new(
        AffineWeights.Of(w, p + "attention.output.LayerNorm"),
        AffineWeights.Of(w, p + "attention.self.query"), AffineWeights.Of(w, p + "attention.self.key"), AffineWeights.Of(w, p + "attention.self.value"), AffineWeights.Of(w, p + "attention.output.dense"),
        AffineWeights.Of(w, p + "output.LayerNorm"), AffineWeights.Of(w, p + "intermediate.dense"), AffineWeights.Of(w, p + "output.dense"));
}
