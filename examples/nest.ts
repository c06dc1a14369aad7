// A provider for NestJS: put @Injectable() before the class. Nest calls the two hooks by their names.
import { type WatchedModel, watch } from 'mlctl';

export interface Flower {
  'sepal length (cm)': number;
  'sepal width (cm)': number;
  'petal length (cm)': number;
  'petal width (cm)': number;
}

export class IrisModel {
  private model!: WatchedModel;

  async onModuleInit(): Promise<void> {
    this.model = await watch('models:/iris_clf@champion');
  }

  async predict(flowers: Flower[]): Promise<unknown[]> {
    return (await this.model.predict(flowers)).map(({ label }) => label);
  }

  async onModuleDestroy(): Promise<void> {
    await this.model.close();
  }
}
