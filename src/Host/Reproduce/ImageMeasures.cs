namespace Pellucid.Host.Reproduce;

/// <summary>What the maps of one image say, by one method in one approach.</summary>
/// <param name="Item">Id of the image.</param>
/// <param name="Approach">Which maps.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="Values">Measures that are defined for the image.</param>
/// <param name="WithoutMap">Classes whose map is missing or zero; they count in no measure.</param>
public sealed record ImageMeasures(string Item, StudyApproach Approach, string Method, IReadOnlyDictionary<StudyMeasure, double> Values, int WithoutMap)
{
    /// <summary>Value of a measure; null where it is undefined for the image.</summary>
    public double? Of(StudyMeasure measure) => Values.TryGetValue(measure, out double value) ? value : null;
}
