namespace Pellucid.Abstractions.Datasets;

/// <summary>What happens when a record of a data set cannot be used.</summary>
public enum BadRecordPolicy
{
    /// <summary>It is left out, counted and reported.</summary>
    Skip,

    /// <summary>Reading ends with an error.</summary>
    Fatal,
}
