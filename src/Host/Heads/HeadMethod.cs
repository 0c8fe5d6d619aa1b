namespace Pellucid.Host.Heads;

/// <summary>How a head is fitted.</summary>
public enum HeadMethod
{
    /// <summary>Ridge regression: numbers.</summary>
    Ridge,

    /// <summary>Multinomial logistic regression: classes.</summary>
    Logistic,
}
