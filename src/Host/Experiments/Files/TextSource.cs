namespace Pellucid.Host.Experiments.Files;

/// <summary>
/// Where texts come from: <see cref="GivenTexts"/>, <see cref="LabelTexts"/>, <see cref="CaptionTexts"/>, <see cref="RegionTexts"/>,
/// <see cref="AttributeTexts"/> or <see cref="PromptFileTexts"/>.
/// </summary>
public abstract record TextSource;
