using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.Modeling.Transformers;
using static Pellucid.Plugins.MedClip.Layouts.MedClipTensors;

namespace Pellucid.Plugins.MedClip.Layouts;

/// <summary>The Swin image encoder ("ViT" to MedCLIP): Hugging Face's <c>SwinModel</c> under <c>vision_model.model.</c></summary>
internal static class SwinTensors
{
    public const string Kernel = Vision + "embeddings.patch_embeddings.projection.weight";
    public const string Projection = "vision_model.projection_head.weight";

    private const string KernelBias = Vision + "embeddings.patch_embeddings.projection.bias";
    private const string PositionBias = "attention.self.relative_position_bias_table";

    public static IEnumerable<ExpectedTensor> Expected(Checkpoint w)
    {
        int embed = Dimension(w, Kernel, 0), patch = Dimension(w, Kernel, 3), stages = Stages(w), last = embed << Math.Max(0, stages - 1);
        List<ExpectedTensor> all =
        [
            ExpectedTensor.Of(Kernel, embed, Dimension(w, Kernel, 1), patch, patch), ExpectedTensor.Of(KernelBias, embed),
            .. ExpectedTensor.Norm(Vision + "embeddings.norm", embed), .. ExpectedTensor.Norm(Vision + "layernorm", last),
            ExpectedTensor.Of(Projection, Dimension(w, Projection, 0), last),
        ];
        for (int s = 0; s < stages; s++)
        {
            int width = embed << s;
            for (int b = 0; b < Blocks(w, s); b++) all.AddRange(ExpectedBlock(w, Block(s, b), width));
            if (s == stages - 1) continue;
            all.AddRange(ExpectedTensor.Norm(Merge(s) + "norm", 4 * width));
            all.Add(ExpectedTensor.Of(Merge(s) + "reduction.weight", 2 * width, 4 * width));
        }

        return all;
    }

    public static SwinWeights Read(Checkpoint w)
    {
        int stages = Stages(w);
        return new SwinWeights(
            new AffineWeights(GrayKernel(w[Kernel]), w[KernelBias]),
            AffineWeights.Of(w, Vision + "embeddings.norm"),
            [.. Enumerable.Range(0, stages).Select(s => new SwinStageWeights(
                [.. Enumerable.Range(0, Blocks(w, s)).Select(b => ReadBlock(w, Block(s, b)))],
                s < stages - 1 ? new SwinMergeWeights(AffineWeights.Of(w, Merge(s) + "norm"), w[Merge(s) + "reduction.weight"]) : null))],
            AffineWeights.Of(w, Vision + "layernorm"));
    }

    public static int Stages(Checkpoint w) => Count(w, s => Block(s, 0) + PositionBias);

    public static int Blocks(Checkpoint w, int stage) => Count(w, b => Block(stage, b) + PositionBias);

    private static string Block(int stage, int block) => $"{Vision}encoder.layers.{stage}.blocks.{block}.";

    private static string Merge(int stage) => $"{Vision}encoder.layers.{stage}.downsample.";

    private static IEnumerable<ExpectedTensor> ExpectedBlock(Checkpoint w, string p, int width)
    {
        int hidden = Dimension(w, p + "intermediate.dense.weight", 0), heads = Dimension(w, p + PositionBias, 1), distances = Dimension(w, p + PositionBias, 0);
        int side = (int)Math.Round(Math.Sqrt(distances));
        if (side % 2 == 0 || side * side != distances)
            throw new PellucidException($"'{w.Path}': {p}{PositionBias} has {distances} rows, which is no odd number squared: no window has so many relative positions");
        if (heads < 1 || width % heads != 0) throw new PellucidException($"'{w.Path}': {p}{PositionBias} has {heads} heads, which {width} channels cannot be split into");
        return
        [
            .. ExpectedTensor.Norm(p + "layernorm_before", width), .. ExpectedTensor.Norm(p + "layernorm_after", width), ExpectedTensor.Of(p + PositionBias, distances, heads),
            .. ExpectedTensor.Linear(p + "attention.self.query", width, width), .. ExpectedTensor.Linear(p + "attention.self.key", width, width), .. ExpectedTensor.Linear(p + "attention.self.value", width, width),
            .. ExpectedTensor.Linear(p + "attention.output.dense", width, width), .. ExpectedTensor.Linear(p + "intermediate.dense", hidden, width), .. ExpectedTensor.Linear(p + "output.dense", width, hidden),
        ];
    }

    private static SwinBlockWeights ReadBlock(Checkpoint w, string p) => new(
        new BlockWeights(
            AffineWeights.Of(w, p + "layernorm_before"),
            AffineWeights.Of(w, p + "attention.self.query"), AffineWeights.Of(w, p + "attention.self.key"), AffineWeights.Of(w, p + "attention.self.value"), AffineWeights.Of(w, p + "attention.output.dense"),
            AffineWeights.Of(w, p + "layernorm_after"), AffineWeights.Of(w, p + "intermediate.dense"), AffineWeights.Of(w, p + "output.dense")),
        w[p + PositionBias]);
}
