using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;

namespace Pellucid.Host.Tests.Concepts;

/// <summary>Results about images of 16 x 16 with a red cube in the left half and a blue ring in the right half, with maps that a test gives.</summary>
internal sealed class TwoObjects : IReportResults
{
    private readonly Dictionary<string, float[]> _maps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Word, float[] Map)[]> _words = new(StringComparer.Ordinal);
    private readonly List<ReportUnit> _units = [];

    /// <summary>Images whose red cube has a mask that cannot be read.</summary>
    public Func<int, bool> Unreadable { get; init; } = _ => false;

    public string Name => "two objects";

    public ulong Seed => 5;

    public IReadOnlyList<string> Models => ["model"];

    public IReadOnlyList<DatasetItem> Items => [.. _units.Select(u => u.Item).Distinct()];

    public IReadOnlyList<string> Explainers => [.. _units.Select(u => u.Explainer).Distinct(StringComparer.Ordinal)];

    public IReadOnlyList<string> Metrics => [];

    public IReadOnlyList<ReportUnit> Units => _units;

    public IReadOnlyList<ReportPool> Pools => [];

    /// <summary>A map that is 1 where <paramref name="left"/> says, plus a slope that keeps maps apart.</summary>
    public static float[] Half(bool left, float slope = 0) => [.. Enumerable.Range(0, 256).Select(i => (i % 16 < 8 == left ? 1f : 0) + (slope * (i / 16)))];

    public void Add(int image, string text, string explainer, float[] map, params (string Word, float[] Map)[] words)
    {
        string key = $"{image}/{text}/{explainer}";
        DatasetItem item = _units.Select(u => u.Item).FirstOrDefault(i => i.Id == $"{image}") ?? new DatasetItem
        {
            Id = $"{image}",
            Image = new FileImage($"/{image}.png"),
            Location = new DatasetLocation("test"),
            Regions = [Unreadable(image) ? new MaskRegion("a red cube", "cube", _ => throw new PellucidException("no mask")) { Attributes = Known("red", "cube") } : Object("a red cube", "cube", 0, "red", "cube"), Object("a blue ring", "ring", 8, "blue", "ring")],
        };
        _units.Add(new ReportUnit { Key = key, Model = "model", Item = item, Explainer = explainer, Target = new ReportTarget(text, text, text, null, []), Score = 1, ExplainedScore = 1, ExplainedFunction = "f" });
        _maps[key] = map;
        _words[key] = words;
    }

    public Task<DecodedImage> LoadImageAsync(DatasetItem item, CancellationToken cancellationToken = default) => Task.FromResult(new DecodedImage(16, 16, PixelMode.Rgb, new byte[768]));

    public Task<HostTensor?> LoadMapAsync(ReportUnit unit, CancellationToken cancellationToken = default) => LoadImageMapAsync(unit, cancellationToken);

    public Task<HostTensor?> LoadImageMapAsync(ReportUnit unit, CancellationToken cancellationToken = default) => Task.FromResult<HostTensor?>(HostTensor.Of(_maps[unit.Key], 16, 16));

    public Task<IReadOnlyList<ReportWordMap>> LoadWordMapsAsync(ReportUnit unit, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<ReportWordMap>>([.. _words[unit.Key].Select(w => new ReportWordMap(w.Word, HostTensor.Of(w.Map, 16, 16)))]);

    private static BoxRegion Object(string name, string label, double x, string colour, string shape) =>
        new(name, label, x, 0, 8, 16) { Attributes = Known(colour, shape) };

    private static RegionAttribute[] Known(string colour, string shape) => [new("shape", shape), new("colour", colour)];
}
