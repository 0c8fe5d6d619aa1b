using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace TestPlugins.GivenMaps;

/// <summary>Gives sound maps and others.</summary>
public sealed class GivenMapExplainer(GivenMapOptions options) : IExplainer
{
    public ModelCapabilities Requires => ModelCapabilities.None;

    public bool CanExplain(ExplanationTarget target) => true;

    public Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        bool asked = options.Only.Length == 0 || request.Image.Name == options.Only;
        HostTensor map = Map(asked ? options.Kind : MapKind.Brightness, request.Image);
        return Task.FromResult<IReadOnlyList<Explanation>>([.. request.Targets.Select(t => new Explanation
        {
            Target = t,
            Score = 0,
            ExplainedScore = 0,
            ExplainedFunction = "nothing",
            Image = new ImageAttribution { Map = map, Signed = true },
        })]);
    }

    private static HostTensor Map(MapKind kind, ImageInput image)
    {
        int height = image.Size.Height, width = image.Size.Width;
        float[] pixels = image.Pixels.Floats[..(height * width)].ToArray();
        return kind switch
        {
            MapKind.OtherSize => HostTensor.Of([.. Enumerable.Range(0, 7 * 3).Select(i => (float)i)], 7, 3),
            MapKind.Volume => HostTensor.Of([.. pixels, .. pixels], 2, height, width),
            MapKind.Empty => HostTensor.Of(Array.Empty<float>(), 0, 0),
            MapKind.Constant => HostTensor.Of([.. pixels.Select(_ => 2f)], height, width),
            MapKind.Zero => HostTensor.Of(new float[pixels.Length], height, width),
            MapKind.Nan => HostTensor.Of([float.NaN, .. pixels[1..]], height, width),
            _ => HostTensor.Of(pixels, height, width),
        };
    }
}
