using System.Numerics.Tensors;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Numerics;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;

namespace Pellucid.Host.Reproduce;

/// <summary>Measures the maps of a study, image by image. Sections share one, so that the maps are read once.</summary>
/// <param name="layout">Which unit is which map.</param>
public sealed class MapStudy(StudyLayout layout)
{
    private StudyFindings? _found;

    /// <summary>The measures of all images of an experiment; always of the same one.</summary>
    /// <exception cref="PellucidException">An image, a mask or a map cannot be read.</exception>
    public async Task<StudyFindings> MeasureAsync(IReportResults results, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (_found is not null) return _found;
        List<ImageMeasures> measures = [];
        List<ImageFacts> facts = [];
        foreach (DatasetItem item in results.Items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var units = StudyLayout.Index(results, item.Id);
            if (units.Values.All(u => u.Failure is not null)) continue;
            StudyScene scene = await StudyScene.LoadAsync(results, item, [.. layout.Classes.Select(c => c.Name)], cancellationToken);
            facts.Add(new ImageFacts(item.Id, scene.Body is { } body ? 1 - Share(body) : null, scene.Lesions.Count == 0 ? null : scene.Lesions.Average(l => Share(l.Mask))));
            foreach (StudyApproach approach in Enum.GetValues<StudyApproach>())
            {
                foreach (StudyMethod method in layout.Methods)
                    measures.Add(await MeasureAsync(results, scene, approach, method, [.. layout.Classes.Select((_, c) => layout.Find(units, approach, method, c))], cancellationToken));
            }
        }

        return _found = new StudyFindings(measures, facts);
    }

    /// <summary>Standard deviation of smoothing, as in the model card of phantom-medclip: two pixels for sides of 112.</summary>
    public static double Sigma(WorkingSize size) => Math.Min(size.Rows, size.Columns) / 56.0;

    private static double Share(bool[] region) => region.AsSpan().Count(true) / (double)region.Length;

    private static async Task<ImageMeasures> MeasureAsync(IReportResults results, StudyScene scene, StudyApproach approach, StudyMethod method, ReportUnit?[] units, CancellationToken cancellationToken)
    {
        float[]?[] maps = new float[units.Length][];
        for (int c = 0; c < maps.Length; c++) maps[c] = await LoadAsync(results, scene.Size, units[c], cancellationToken);
        float[][] known = [.. maps.OfType<float[]>()];
        Dictionary<StudyMeasure, double> values = [];
        void Note(StudyMeasure measure, IEnumerable<double> each)
        {
            double[] all = [.. each.Where(double.IsFinite)];
            if (all.Length > 0) values[measure] = all.Average();
        }

        Note(StudyMeasure.Ssim, MapSimilarity.SsimOfPairs([.. known.Select(m => HostTensor.Of(m, scene.Size.Rows, scene.Size.Columns))], range: 1));
        Note(StudyMeasure.Spearman, Pairs([.. known.Select(m => Correlation.Ranks<float>(m))], (a, b) => Correlation.Pearson(a, b)));
        if (scene.Body is { } body) Note(StudyMeasure.OutsideBody, known.Select(m => 1 - MapRegions.ShareInside(m, body, MapMass.Absolute)));
        var own = scene.Lesions.Where(l => maps[l.Class] is not null).ToArray();
        Note(StudyMeasure.Pointing, own.Select(l => MapRegions.PointsInto(Smooth(maps[l.Class]!, scene.Size), l.Mask) ? 1d : 0d));
        Note(StudyMeasure.LesionMass, own.Select(l => MapRegions.ShareInside(maps[l.Class]!, l.Mask, MapMass.Absolute)));
        float[][] absent = [.. scene.Absent.Select(c => maps[c]).OfType<float[]>()];
        if (absent.Length > 0) Note(StudyMeasure.AbsentMass, own.Select(l => absent.Average(m => MapRegions.ShareInside(m, l.Mask, MapMass.Absolute))));
        return new ImageMeasures(scene.Item.Id, approach, method.Name, values, maps.Length - known.Length);
    }

    /// <summary>The absolute map with a largest value of 1; null where it is missing or zero.</summary>
    private static async Task<float[]?> LoadAsync(IReportResults results, WorkingSize size, ReportUnit? unit, CancellationToken cancellationToken)
    {
        if (unit is null || await results.LoadImageMapAsync(unit, cancellationToken) is not { } map) return null;
        float[] values = new float[map.Length];
        TensorPrimitives.Abs(map.Floats, values);
        values = size.Reduce(values);
        float largest = TensorPrimitives.Max<float>(values);
        if (largest == 0) return null;
        TensorPrimitives.Divide(values, largest, values);
        return values;
    }

    private static ReadOnlySpan<float> Smooth(float[] map, WorkingSize size) => MapRegions.Smooth(HostTensor.Of(map, size.Rows, size.Columns), Sigma(size)).Floats;

    private static IEnumerable<double> Pairs<T>(T[] maps, Func<T, T, double> similarity)
    {
        for (int a = 0; a < maps.Length; a++)
        {
            for (int b = a + 1; b < maps.Length; b++) yield return similarity(maps[a], maps[b]);
        }
    }
}
