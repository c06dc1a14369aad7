// A service with NestJS 11: a provider holds the model, which follows its alias from the start of the application to its end.
import 'reflect-metadata';
import {
  BadRequestException,
  Body,
  Controller,
  Injectable,
  Module,
  type OnModuleDestroy,
  type OnModuleInit,
  Post,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type PredictedRow, SchemaError, type WatchedModel, watch } from 'mlctl';

@Injectable()
class IrisModel implements OnModuleInit, OnModuleDestroy {
  private model!: WatchedModel;

  async onModuleInit(): Promise<void> {
    this.model = await watch('models:/iris_clf@champion');
  }

  async predict(flowers: Record<string, number>[]): Promise<PredictedRow[]> {
    try {
      return await this.model.predict(flowers);
    } catch (error) {
      throw error instanceof SchemaError ? new BadRequestException(error.findings) : error;
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.model.close();
  }
}

@Controller()
class IrisController {
  constructor(private readonly iris: IrisModel) {}

  @Post('predict')
  predict(@Body() flowers: Record<string, number>[]): Promise<PredictedRow[]> {
    return this.iris.predict(flowers);
  }
}

@Module({ providers: [IrisModel], controllers: [IrisController] })
class AppModule {}

export const app = await NestFactory.create(AppModule, { logger: ['error'] });
await app.listen(process.env['PORT'] ?? 3002, '127.0.0.1');
