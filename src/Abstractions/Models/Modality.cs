namespace Pellucid.Abstractions.Models;

/// <summary>Which side of a vision-language model.</summary>
public enum Modality
{
    /// <summary>The image encoder.</summary>
    Image,

    /// <summary>The text encoder.</summary>
    Text,
}
