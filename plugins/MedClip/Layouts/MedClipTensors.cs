using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Plugins.MedClip.Layouts;

/// <summary>What all parts of MedCLIP's state dict share: names, sizes by shape, and the gray first kernel.</summary>
internal static class MedClipTensors
{
    public const string Vision = "vision_model.model.";
    public const string Text = "text_model.model.";
    public const string TextProjection = "text_model.projection_head.weight";
    public const string LogitScale = "logit_scale";

    /// <summary>Only BERT's own pre-training uses it.</summary>
    public const string Pooler = "text_model.model.pooler.*";

    /// <summary>A dimension of a tensor that decides a size.</summary>
    /// <exception cref="PellucidException">The tensor is missing or has too few dimensions.</exception>
    public static int Dimension(Checkpoint w, string name, int axis) => w.TryGet(name, out Weight? weight) && weight.Shape.Rank > axis
        ? (int)weight.Shape[axis]
        : throw new PellucidException($"'{w.Path}' is no MedCLIP checkpoint: tensor {name} is missing or has too few dimensions");

    /// <summary>Number of consecutive indices i from 0 for which a tensor exists.</summary>
    public static int Count(Checkpoint w, Func<int, string> name)
    {
        int count = 0;
        while (w.Contains(name(count))) count++;
        return count;
    }

    /// <summary>The kernel (outputs, channels, rows, columns) that does to one grey channel what the given one does to copies of it.</summary>
    public static Weight GrayKernel(Weight kernel)
    {
        if (kernel.Shape[1] == 1) return kernel;
        ReadOnlySpan<float> source = kernel.Read().ToFloat32().Floats;
        int outputs = (int)kernel.Shape[0], channels = (int)kernel.Shape[1], cells = (int)(kernel.Shape[2] * kernel.Shape[3]);
        float[] sums = new float[outputs * cells];
        for (int i = 0; i < sums.Length; i++)
        {
            double sum = 0;
            for (int c = 0; c < channels; c++) sum += source[(((i / cells * channels) + c) * cells) + (i % cells)];
            sums[i] = (float)sum;
        }

        return new InlineWeight(HostTensor.Of(sums, outputs, 1, kernel.Shape[2], kernel.Shape[3]));
    }
}
