using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Tests.Experiments;

/// <summary>Metric results of a whole data set come back as they were, and what is large of them stays on the disk.</summary>
public sealed class StoredMeasurementsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pellucid-measurements-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_result_comes_back_as_it_was()
    {
        using Workspace workspace = Workspace.Open(_folder);
        MetricResult[] before =
        [
            MetricResult.Of(0.1 + 0.2) with
            {
                Curves = [new MetricCurve("target", [0, 0.5, 1], [3, 2, 1.0 / 3]), new MetricCurve("top1", [0, 1], [1, 0])],
                Details = new Dictionary<string, double>(StringComparer.Ordinal) { ["auc"] = 0.7, ["none"] = double.NaN },
                State = Counts(5),
            },
            MetricResult.Of(2) with { Curves = [new MetricCurve("target", [0, 0.25, 1], [1, 5, 7]), new MetricCurve("top1", [0, 0.5], [0, 0.5])] },
            MetricResult.Pooled(Counts(5000)),
            MetricResult.Undefined("nothing to see"),
        ];
        MetricResult[] after = await RoundTripAsync(workspace, before);
        for (int i = 0; i < before.Length; i++)
        {
            Assert.Equal((before[i].Status, before[i].Value, before[i].Reason), (after[i].Status, after[i].Value, after[i].Reason));
            Assert.Equal(before[i].Curves.Select(Text), after[i].Curves.Select(Text));
            Assert.Equal(before[i].Details.OrderBy(d => d.Key), after[i].Details);
            Assert.Equal(before[i].State.Keys, after[i].State.Keys);
            foreach ((string name, HostTensor tensor) in before[i].State) Assert.Equal(tensor.Int64s.ToArray(), after[i].State[name].Int64s.ToArray());
        }

        Assert.True(after[0].Details.TryGetValue("auc", out double auc) && auc == 0.7);
        Assert.False(after[0].Details.ContainsKey("other"));
        Assert.Throws<KeyNotFoundException>(() => after[0].Details["other"]);
        Assert.Equal(Text(before[1].Curves[1]), Text(after[1].Curves[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => after[1].Curves[2]);
    }

    [Fact]
    public async Task Large_states_are_read_when_asked_for_and_small_ones_are_held()
    {
        using Workspace workspace = Workspace.Open(_folder);
        MetricResult[] found = await RoundTripAsync(workspace, MetricResult.Pooled(Counts(256)), MetricResult.Pooled(Counts(257)));
        foreach (string file in Directory.EnumerateFiles(Path.Combine(_folder, "artifacts"), "*.npy", SearchOption.AllDirectories)) File.Delete(file);
        Assert.Equal(256, found[0].State["counts"].Length);
        Assert.True(found[1].State.ContainsKey("counts"));
        Assert.Contains("run again", Assert.Throws<PellucidException>(() => found[1].State["counts"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curves_are_read_after_the_workspace_is_closed_and_leave_no_file()
    {
        MetricResult[] found;
        using (Workspace workspace = Workspace.Open(_folder)) found = await RoundTripAsync(workspace, MetricResult.Of(1) with { Curves = [new MetricCurve("a", [0, 1], [2, 3])] });
        Assert.Empty(Directory.EnumerateFiles(_folder, ".scratch*", new EnumerationOptions { AttributesToSkip = FileAttributes.None }));
        Assert.Equal(Text(new MetricCurve("a", [0, 1], [2, 3])), Text(Assert.Single(found[0].Curves)));
    }

    [Fact]
    public async Task A_result_whose_state_is_damaged_is_none()
    {
        using Workspace workspace = Workspace.Open(_folder);
        StoredMetric stored = new("k", "u", null, await StoredMeasurement.WriteAsync(MetricResult.Pooled(Counts(3)), workspace.Artifacts, default), "{}");
        Assert.True(await StoredMeasurement.IsWholeAsync(stored, workspace.Artifacts, default));
        string file = Directory.EnumerateFiles(Path.Combine(_folder, "artifacts"), "*.npy", SearchOption.AllDirectories).Single();
        await File.WriteAllBytesAsync(file, [1, 2, 3], TestContext.Current.CancellationToken);
        Assert.False(await StoredMeasurement.IsWholeAsync(stored, workspace.Artifacts, default));
        Assert.Null(await new StoredMeasurements(workspace.Artifacts, workspace.Scratch).ReadAsync(stored, default));
    }

    private static async Task<MetricResult[]> RoundTripAsync(Workspace workspace, params MetricResult[] results)
    {
        StoredMeasurements measurements = new(workspace.Artifacts, workspace.Scratch);
        List<MetricResult> back = [];
        foreach (MetricResult result in results)
        {
            string detail = await StoredMeasurement.WriteAsync(result, workspace.Artifacts, default);
            back.Add((await measurements.ReadAsync(new StoredMetric("k", "u", result.Status == MetricStatus.Measured ? result.Value : null, detail, "{}"), default))!);
        }

        return [.. back];
    }

    private static Dictionary<string, HostTensor> Counts(int count) => new(StringComparer.Ordinal) { ["counts"] = HostTensor.Of([.. Enumerable.Range(0, count).Select(i => (long)i)], count) };

    private static string Text(MetricCurve curve) => $"{curve.Name}: {string.Join(' ', curve.X)} / {string.Join(' ', curve.Y)}";
}
