using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.Modeling.Convolutional;
using Pellucid.Modeling.Transformers;
using Pellucid.Plugins.MedClip.Layouts;

namespace Pellucid.Plugins.MedClip;

/// <summary>The image encoder of a checkpoint, of either kind.</summary>
internal sealed record MedClipVision
{
    /// <summary>What it is, for people.</summary>
    public required string Family { get; init; }

    /// <summary>Tensors that it needs.</summary>
    public required IEnumerable<ExpectedTensor> Expected { get; init; }

    /// <summary>Its projection.</summary>
    public required ProjectionWeights Projection { get; init; }

    /// <summary>Image sides are multiples of it when the aspect is kept: the pixels of one cell of the last grid.</summary>
    public required int Step { get; init; }

    /// <summary>Builds the graph for an image size.</summary>
    public required Func<ImageSize, Graph> Build { get; init; }

    /// <summary>The image encoder of a checkpoint; weights are touched when the first graph is built.</summary>
    /// <exception cref="PellucidException">It is of neither kind, or a tensor that decides a size is missing.</exception>
    public static MedClipVision Read(Checkpoint checkpoint, MedClipConfig config)
    {
        if (checkpoint.Contains(SwinTensors.Kernel)) return Swin(checkpoint, config);
        if (checkpoint.Contains(ResNetTensors.Kernel)) return ResNetOf(checkpoint);
        throw new PellucidException($"'{checkpoint.Path}' is no MedCLIP checkpoint: it has neither {SwinTensors.Kernel} (Swin) nor {ResNetTensors.Kernel} (ResNet)");
    }

    private static MedClipVision Swin(Checkpoint w, MedClipConfig config)
    {
        int stages = SwinTensors.Stages(w);
        if (stages == 0) throw new PellucidException($"'{w.Path}': the Swin image encoder has no blocks");
        var weights = new Lazy<SwinWeights>(() => SwinTensors.Read(w));
        ProjectionWeights projection = ProjectionOf(w, SwinTensors.Projection);
        return new MedClipVision
        {
            Family = $"Swin of {string.Join('+', Enumerable.Range(0, stages).Select(s => SwinTensors.Blocks(w, s)))} blocks",
            Expected = SwinTensors.Expected(w),
            Projection = projection,
            Step = MedClipTensors.Dimension(w, SwinTensors.Kernel, 3) << (stages - 1),
            Build = size => MedClipImageEncoder.Build(weights.Value, config.VisionEpsilon, projection, size),
        };
    }

    private static MedClipVision ResNetOf(Checkpoint w)
    {
        var weights = new Lazy<ResNetWeights>(() => ResNetTensors.Read(w));
        ProjectionWeights projection = ProjectionOf(w, ResNetTensors.Projection);
        return new MedClipVision
        {
            Family = $"ResNet of {string.Join('+', ResNetTensors.Blocks(w))} blocks",
            Expected = ResNetTensors.Expected(w),
            Projection = projection,
            Step = 32,
            Build = size => MedClipImageEncoder.Build(weights.Value, projection, size),
        };
    }

    private static ProjectionWeights ProjectionOf(Checkpoint w, string name)
    {
        _ = MedClipTensors.Dimension(w, name, 1);
        return new ProjectionWeights(w[name], OutputsFirst: true);
    }
}
