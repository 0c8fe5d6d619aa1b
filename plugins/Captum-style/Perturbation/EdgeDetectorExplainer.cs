using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>
/// The image's edges: a map that looks like an explanation and knows nothing of the model (Adebayo et al. 2018, "Sanity checks for saliency maps",
/// section 5.1, compares with one). Length of the Sobel gradient of the mean over the channels of the normalized pixels, the border repeated outwards; the
/// same for every target.
/// </summary>
/// <example><c>--explainer edge-detector</c></example>
public sealed class EdgeDetectorExplainer : PerturbationExplainer
{
    /// <inheritdoc/>
    public override bool IsLinearInTarget => false;

    private protected override bool Signed => false;

    private protected override string NothingFound => "the image has no edges: it is of one color";

    private protected override async Task<PerturbationResult[]> AttributeAsync(ExplanationRequest request, PerturbedImages images, CancellationToken cancellationToken)
    {
        await images.EvaluateAsync(0, static (_, _) => { }, cancellationToken);
        HostTensor pixels = request.Image.Pixels;
        HostTensor gray = ChannelReduction.Mean(pixels.Reshape(pixels.Shape[1], pixels.Shape[2], pixels.Shape[3]));
        HostTensor map = Edges(gray, request.Image.Size);
        return [.. request.Targets.Select(_ => new PerturbationResult(map))];
    }

    private static HostTensor Edges(HostTensor gray, ImageSize size)
    {
        float[] edges = new float[gray.Length];
        for (int y = 0; y < size.Height; y++)
        {
            for (int x = 0; x < size.Width; x++)
            {
                float dx = At(y - 1, x + 1) + (2 * At(y, x + 1)) + At(y + 1, x + 1) - At(y - 1, x - 1) - (2 * At(y, x - 1)) - At(y + 1, x - 1);
                float dy = At(y + 1, x - 1) + (2 * At(y + 1, x)) + At(y + 1, x + 1) - At(y - 1, x - 1) - (2 * At(y - 1, x)) - At(y - 1, x + 1);
                edges[(y * size.Width) + x] = MathF.Sqrt((dx * dx) + (dy * dy));
            }
        }

        return HostTensor.Of(edges, size.Height, size.Width);

        float At(int y, int x) => gray.Floats[(Math.Clamp(y, 0, size.Height - 1) * size.Width) + Math.Clamp(x, 0, size.Width - 1)];
    }
}
